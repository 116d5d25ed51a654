-- When a version was stored; null for one stored before this was noted, which
-- counts from when it was fetched.
alter table version add column stored bigint;
