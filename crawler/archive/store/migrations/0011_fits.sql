-- What is known of reports is kept so that one more costs the same however many
-- share its host and quarter. They are all read anew.
drop table report;
drop table report_key;
drop table meeting;

create table report (
	bulletin bigint primary key,
	copies   text not null,   -- names the near-duplicates of its province and kind
	plain    text not null,   -- body, kind and day as one name; empty when they are not all stated
	cadence  text not null,
	parted   integer not null, -- of one with a plain name: 1 when its meeting is told from others by cadence, 0 when not, -1 when it has none yet
	fits     text not null,   -- of one without: the meeting that it fits by itself, '*' for several
	meeting  text not null,   -- in the table of meetings
	body     text not null    -- JSON of bulletin.Report
);
create index report_plain on report (plain, parted) where plain <> '';
create index report_cadence on report (plain, cadence) where plain <> '';
create index report_fits on report (copies, fits) where plain = '';
create index report_copies on report (copies, meeting) where plain = '';
create index report_meeting on report (meeting);

-- Hashes by which reports that may belong together are found.
create table report_key (
	key      bigint not null,
	side     integer not null, -- 1 when the report says host and day, 2 when it fits several that do, else 0
	bulletin bigint not null,
	primary key (key, side, bulletin)
) without rowid;
create index report_key_bulletin on report_key (bulletin);

create table meeting (
	key     text primary key, -- name of its own; no id, as it does not tell those apart that are called alike
	plain   text not null,    -- the id as far as no other is called alike
	sure    integer not null, -- 1 when host and day are known
	first   text not null,    -- id of its first bulletin
	tellers text not null,    -- JSON of bulletin.Tellers
	id      text not null
);
create index meeting_plain on meeting (plain);

delete from meet;
insert into meet (bulletin, told) select num, 1 from bulletin where withdrawn = 0;
