-- The documents that plan 36 cites: doubtful points are told, nothing is silently mended.
begin;
\ir include/acting.sql
select plan(12);

create temp view cited as
select d.* from app.document as d where d.owner_unit_id = pg_temp.unit('bdv-70') and d.id::text like '017b4fe7-da80-7000-%';

select is(count(*), 21::bigint, 'D1 to D20 and the plan itself') from cited;
select results_eq(
    $$select symbol from cited group by symbol having count(*) > 1$$,
    $$values ('25-NQ/TW'), (null)$$,
    'one symbol names two documents; some have none');
select results_eq(
    $$select issued_on, subject, is_doubtful from cited where symbol = '25-NQ/TW' order by issued_on nulls last$$,
    $$values
        (date '2013-06-03', 'Tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới', true),
        (null, 'Công tác tôn giáo', true)$$,
    'two different 25-NQ/TW, told apart by date and subject');
select results_eq(
    $$select symbol, issued_on, is_doubtful, doubt like '%12/12/2013%' from cited
      where symbol in ('217-QĐ/TW', '218-QĐ/TW') order by symbol$$,
    $$values ('217-QĐ/TW', date '2013-12-13', true, true), ('218-QĐ/TW', date '2013-12-13', true, true)$$,
    'dated as written, with the real day told');
select results_eq(
    $$select kind, as_written, is_doubtful from cited where symbol = '31-KH/TU'$$,
    $$values ('programme', 'Chương Trình số 31-KH/TU', true)$$,
    '31-KH/TU is called a programme');
select results_eq(
    $$select kind, as_written, issued_on, is_doubtful from cited where symbol = '290-QĐ/TW'$$,
    $$values ('decision', 'QĐ 290', null::date, true)$$,
    'QĐ 290 has no issuer part and no date in the text');
select results_eq(
    $$select kind from cited where symbol in ('124-QĐ/TW', '23-QĐ/TW') order by symbol$$,
    $$values ('provision'), ('decision')$$,
    'QĐ is Quy định and Quyết định');
select results_eq(
    $$select substr(id::text, 34)::text from cited where is_doubtful order by id$$,
    $$values ('d04'), ('d05'), ('d06'), ('d08'), ('d09'), ('d13'), ('d15'), ('d16'), ('d17'), ('d20')$$,
    'ten are doubtful, the plan itself is not');
select results_eq(
    $$select f.symbol, r.kind, t.symbol from app.document_relation as r
      join cited as f on f.id = r.from_id join cited as t on t.id = r.to_id
      where r.kind in ('replaces', 'continues', 'carries_out') and f.symbol <> '36-KH/BDVTU' and t.symbol is not null
      order by f.symbol$$,
    $$values ('23-QĐ/TW', 'replaces', '290-QĐ/TW'), ('31-KH/TU', 'carries_out', '25-NQ/TW'),
        ('65-KL/TW', 'continues', '24-NQ/TW')$$,
    'which document replaces, carries out or continues which');
select is(
    (select t.issued_on from app.document_relation as r
        join cited as f on f.id = r.from_id and f.symbol = '31-KH/TU' join cited as t on t.id = r.to_id),
    date '2013-06-03', '31-KH/TU carries out the resolution of 2013, not its namesake');
select results_eq(
    $$select t.symbol from app.document_relation as r join cited as f on f.id = r.from_id and f.symbol = '36-KH/BDVTU'
      join cited as t on t.id = r.to_id where r.kind = 'based_on' order by t.symbol$$,
    $$values ('01-CTr/BDVTW'), ('04-CTr/TU')$$,
    'the plan''s two legal bases');
select is_empty(
    $$select id from cited where status <> 'published' or subject is not nfc normalized
        or coalesce(doubt, '') is not nfc normalized or coalesce(as_written, '') is not nfc normalized$$,
    'published, and every text NFC');

select * from finish();
rollback;
