-- Meetings are found after the commit, as groups of near-duplicates are.
alter table bulletin add column meeting text; -- its id; null when it reports none
create index bulletin_meeting on bulletin (meeting) where meeting is not null;

-- Bulletins to be looked at: told is 1 when what they say may have changed, 0
-- when only what stands around them has.
create table meet (
	bulletin bigint primary key,
	told     integer not null
);
create index meet_told on meet (told, bulletin);

-- Bulletins whose meeting may be another, or called otherwise, now.
create table renamed (
	bulletin bigint primary key
);

-- What bulletins say of the meetings that they report.
create table report (
	bulletin bigint primary key,
	copies   bigint not null, -- the bulletin that leads its near-duplicates
	plain    text not null,   -- body, kind and day as one name; empty when they are not all stated
	meeting  text not null,   -- in the table of meetings
	body     text not null    -- JSON of bulletin.Report
);
create index report_plain on report (plain) where plain <> '';
create index report_copies on report (copies) where plain = '';
create index report_meeting on report (meeting);

-- Hashes by which reports that may belong together are found.
create table report_key (
	key      bigint not null,
	bulletin bigint not null,
	firm     integer not null, -- 1 when the report says host and day
	primary key (key, bulletin)
) without rowid;
create index report_key_bulletin on report_key (bulletin);

create table meeting (
	key   text primary key, -- name of its own; no id, as it does not tell those apart that are called alike
	plain text not null,    -- the id as far as no other is called alike
	sure  integer not null, -- 1 when host and day are known
	first text not null,    -- id of its first bulletin
	id    text not null
);
create index meeting_plain on meeting (plain);

-- Ids that a meeting had when a bulletin reported it.
create table former (
	id       text not null,
	bulletin bigint not null,
	primary key (id, bulletin)
) without rowid;

insert into meet (bulletin, told) select num, 1 from bulletin where withdrawn = 0;
