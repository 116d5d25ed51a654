-- When a request failed the last time.
alter table request add column tried bigint;
