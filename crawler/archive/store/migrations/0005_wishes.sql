-- What the operator wants of a portal beside its profile: nothing, 'paused' or
-- 'removed'.
alter table site add column wanted text not null default '';

-- Counts the wishes, so that who crawls sees that there is a new one.
create table wish (
	one  integer primary key,
	last bigint not null
);
insert into wish (one, last) values (1, 0);

create index page_content on page (content);
