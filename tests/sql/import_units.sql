-- Units brought in by administrators: new ones of their scope, and names with their days.
begin;
\ir include/acting.sql
\ir include/importing.sql
select plan(10);
update private.installation set mode = 'test', fixed_today = '2022-11-15';

select pg_temp.add_user('t.admin', 'bdv-689', 'admin');
select pg_temp.add_user('t.officer', 'bdv-689', 'officer');

create function pg_temp.units(p_login text, p_rows text, p_without text[] default '{}') returns uuid
    language sql return pg_temp.job(p_login, 'units',
        'code,name,short_name,kind,area_code,parent_code,valid_from,legal_basis', p_rows, p_without);
create function pg_temp.as_is(p_code text, p_name text default null, p_from date default null) returns text
    language sql return (
        select concat_ws('|', u.code, coalesce(p_name, v.name), coalesce(v.short_name, ''), u.kind, a.code, coalesce(p.code, ''),
            coalesce(p_from, v.valid_from)::text, coalesce(v.legal_basis, ''))
        from app.unit as u
        join app.unit_version as v on v.unit_id = u.id and v.valid_to is null
        join app.area_version as a on a.area_id = u.area_id and a.valid_from <= '2022-11-15' and (a.valid_to is null or a.valid_to > '2022-11-15')
        left join app.unit as p on p.id = u.parent_id
        where u.code = p_code);

select is(pg_temp.applied('t.officer', pg_temp.units('t.officer', concat_ws(e'\n', pg_temp.as_is('bdv-689'), pg_temp.as_is('kdv-25195')))),
    '0/0/2', 'what is there already comes in by anybody, unchanged');
select is(pg_temp.faults('t.admin', pg_temp.units('t.admin', $$
t-phong|Phòng Thử nghiệm|PTN|district_board|689|bdv-689|2022-01-01|QĐ 1
$$)), 'none', 'a new unit has no fault');
select is(pg_temp.applied('t.admin', pg_temp.units('t.admin', $$
t-phong|Phòng Thử nghiệm|PTN|district_board|689|bdv-689|2022-01-01|QĐ 1
$$)), '1/0/0', 'and is made');
select is(
    (select concat_ws(' ', u.code, p.code, l.code, v.name, v.valid_from) from app.unit as u join app.unit as p on p.id = u.parent_id
        join app.line as l on l.id = u.line_id join app.unit_version as v on v.unit_id = u.id where u.code = 't-phong'),
    't-phong bdv-689 mobilization Phòng Thử nghiệm 2022-01-01', 'with its name from that day');
select is(pg_temp.applied('t.admin', pg_temp.units('t.admin', 't-phong|Phòng Thử|PTN|district_board|689|bdv-689|2022-01-01|QĐ 1')),
    '0/1/0', 'a name is corrected');
select is(pg_temp.applied('t.admin', pg_temp.units('t.admin', 't-phong|Phòng Mới|PTN|district_board|689|bdv-689|2022-06-01|QĐ 2')),
    '0/1/0', 'or another begins on a later day');
select is(
    (select string_agg(v.name || ' ' || daterange(v.valid_from, v.valid_to)::text, ', ' order by v.valid_from)
        from app.unit_version as v where v.unit_id = pg_temp.unit('t-phong')),
    'Phòng Thử [2022-01-01,2022-06-01), Phòng Mới [2022-06-01,)', 'and the first ends with it');
select is(pg_temp.faults('t.admin', pg_temp.units('t.admin', $$
T-9|Phòng|PTN|district_board|689|||
t-9|Phòng||no_kind|689|||
t-9|Phòng||district_board|99999|||
t-10|Phòng||district_board|689|nowhere||
t-11|Phòng||district_board|689|phunu-689||
t-12|Phòng||district_board|692|||
bdv-692|Phòng||district_board|689|||
t-phong|Phòng Mới|PTN|district_board|70||2022-06-01|QĐ 2
t-13|Phòng||district_board|689||2022-11-16|
t-phong|Phòng Cũ|PTN|district_board|689|bdv-689|2022-05-01|QĐ 2
$$)),
    '2 code bad_format T-9; 3 kind not_a_choice no_kind; 4 area_code not_visible 99999; 4 code duplicate_row 3; '
    '5 parent_code not_visible nowhere; 6 parent_code same_area_and_line phunu-689; 7 code not_permitted t-12; '
    '8 code duplicate bdv-692; 9 kind by_reorganisation t-phong; 10 valid_from in_future 2022-11-16; '
    '11 code duplicate_row 9; 11 valid_from wrong_order 2022-05-01',
    'every fault of every row at once');
select is(pg_temp.faults('t.officer', pg_temp.units('t.officer', 't-20|Phòng||district_board|689|bdv-689||')),
    '2 code not_permitted t-20', 'officers make none');
select is(pg_temp.applied('t.officer', pg_temp.units('t.officer', 't-20|Phòng||district_board|689|bdv-689||')), '42501',
    'nor past the check');

select * from finish();
rollback;
