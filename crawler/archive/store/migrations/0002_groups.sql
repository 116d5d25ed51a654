-- Groups of near-duplicates are found after the commit: whoever saves a
-- bulletin queues it, whoever holds the right to group empties the queue.
drop table band;
drop table likeness;
drop table text;

-- Bulletins whose text is to be compared with those of others.
create table pending (
	bulletin bigint primary key,
	mark     bigint not null -- another each time that it is queued
);
-- Bulletins whose group may be another now.
create table regroup (
	bulletin bigint primary key
);

-- Texts that the latest versions have, each once: equal copies share a row.
create table text (
	num bigint primary key, -- 63 bits of the text's SHA-256
	grp bigint not null     -- the smallest num of those that it is linked with
) without rowid;
create index text_group on text (grp);

create table sketch (
	text bigint primary key,
	body blob not null
);

-- 32 rows a text, in each bucket ordered by the text's num: a text is compared
-- with its neighbours there.
create table band (
	hash bigint not null, -- number of the band above 32 bits of its hash
	text bigint not null,
	primary key (hash, text)
) without rowid;

drop index bulletin_text;
update bulletin set text = null where text is not null;
create index bulletin_text on bulletin (text, id) where text is not null;
insert into pending (bulletin, mark) select num, 0 from bulletin where withdrawn = 0;
