-- Units and areas as they are called today, one row each: what screens and lists show beside an id.
-- Security-invoker, so that they show what the reader of a list may see and no more.

set local role danvan_owner;

create view private.unit_today with (security_invoker = true) as
select v.unit_id, v.name, v.short_name
from app.unit_version as v
where v.valid_from <= (select private.today())
    and (v.valid_to is null or v.valid_to > (select private.today()));

create view private.area_today with (security_invoker = true) as
select v.area_id, v.code, v.name, v.kind
from app.area_version as v
where v.valid_from <= (select private.today())
    and (v.valid_to is null or v.valid_to > (select private.today()));
