-- A row of a sheet is staged once: a runner that lost its job, and the one that has it now, must not both put
-- it there.

-- Of jobs that run while this is applied, one of each.
delete from private.import_row as r
using private.import_row as twin
where twin.job_id = r.job_id and twin.number = r.number and twin.ctid < r.ctid;

drop index private.import_row_job_id_idx;
alter table private.import_row add constraint import_row_once primary key (job_id, number);
