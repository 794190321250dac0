-- Nodes without spaces, as private.area_version_node writes them from here on.
reset role;
set local session_replication_role = replica; -- an earlier deployment's trigger would write them its way
update app.area_version as v
set node = format('{"id":%s,"parent_id":%s,"level":%s,"code":%s,"name":%s,"kind":%s}', v.area_id,
    coalesce(v.parent_id::text, 'null'), to_json(l.code), to_json(v.code), to_json(v.name), to_json(v.kind))::json
from app.area as a join app.level as l on l.id = a.level_id
where a.id = v.area_id;
set local session_replication_role = origin;
set local role danvan_owner;
