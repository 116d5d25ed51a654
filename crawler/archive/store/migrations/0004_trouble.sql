-- Why a request failed the last time, in a few words that are equal for equal
-- failures, and how often in a row the portal said that nothing is there.
alter table request add column trouble text not null default '';
alter table request add column missing integer not null default 0;
alter table request add column missing_since bigint;
create index request_trouble on request (site, trouble) where trouble <> '';
create index request_missing on request (site) where missing > 0;

-- How often articles were looked at again, and how many had changed: those of
-- the last quarter, and older ones.
alter table site add column looks_young integer not null default 0;
alter table site add column edits_young integer not null default 0;
alter table site add column looks_old integer not null default 0;
alter table site add column edits_old integer not null default 0;
