-- Values of indicators brought in by the unit whose report it is.
begin;
\ir include/acting.sql
\ir include/reporting.sql
\ir include/importing.sql
select plan(5);
select pg_temp.add_user('t.imports', 'kdv-25195', 'officer');
select pg_temp.add_indicator('I1', 'value', 'sum', 1, 'grassroots/mobilization') \g /dev/null
select pg_temp.add_report('kdv-25195', 'draft') \g /dev/null
insert into app.indicator_value (report_id, indicator_id, unit_id, year)
select r.id, i.id, r.unit_id, 2021 from app.report as r join of_test as t on t.period_id = r.period_id
join app.indicator as i on i.plan_id = t.plan_id and i.code = 'I1'
where r.unit_id = pg_temp.unit('kdv-25195')
on conflict do nothing;
create function pg_temp.values_job(p_rows text) returns uuid
    language sql return pg_temp.job('t.imports', 'indicator_values',
        'plan_number,period_label,indicator_code,unit_code,own_value,own_numerator,own_denominator,note', (
        select replace(replace(p_rows, 'PLAN', p.number), 'PERIOD', d.label)
        from of_test as t join app.plan as p on p.id = t.plan_id join app.period as d on d.id = t.period_id));

select is(pg_temp.faults('t.imports', pg_temp.values_job('PLAN|PERIOD|I1|kdv-25195|7|||Đã rà soát')), 'none', 'a good row has no fault');
select is(pg_temp.applied('t.imports', pg_temp.values_job('PLAN|PERIOD|I1|kdv-25195|7|||Đã rà soát')), '0/1/0', 'and fills the value in');
select is(pg_temp.applied('t.imports', pg_temp.values_job('PLAN|PERIOD|I1|kdv-25195|7|||Đã rà soát')), '0/0/1', 'once');
select is(pg_temp.faults('t.imports', pg_temp.values_job($$
no plan|PERIOD|I1|kdv-25195|1|||
PLAN|no period|I1|kdv-25195|1|||
PLAN|PERIOD|I9|kdv-25195|1|||
PLAN|PERIOD|I1|nowhere|1|||
$$)),
    '2 plan_number not_visible no plan; 3 period_label not_visible no period; 4 indicator_code not_visible I9; 5 unit_code not_visible nowhere',
    'what is not there is named');
select is(pg_temp.faults('t.imports', pg_temp.values_job($$
PLAN|PERIOD|I1|kdv-25195||5|4|
PLAN|PERIOD|I1|kdv-25195|10000000000001|||
$$)),
    '2 own_denominator wrong_measure 4; 2 own_numerator out_of_range 5; 2 own_numerator wrong_measure 5; '
    '3 indicator_code duplicate_row 2; 3 own_value out_of_range 10000000000001',
    'every fault of every row at once');
select * from finish();
rollback;
