create table site (
	id        text primary key,
	name      text not null,
	province  text not null,
	family    text not null,
	url       text not null,
	sample    integer not null,
	paused    integer not null,
	alarm     text not null default '',
	bulletins integer not null default 0
);

create table pass (
	id      integer primary key,
	site    text not null,
	started bigint not null,
	ended   bigint,
	pages   integer not null default 0,
	found   integer not null default 0,
	added   integer not null default 0,
	changed integer not null default 0,
	failed  integer not null default 0
);
create index pass_site on pass (site, started);

-- One row for every server that is asked one thing at a time; the lease of
-- what is in flight there stands here, so there cannot be two.
create table host (
	name          text primary key,
	next_at       bigint not null default 0,
	delay         bigint not null default 0,
	failures      integer not null default 0,
	open_until    bigint not null default 0,
	lease         text not null default '',
	lease_until   bigint not null default 0,
	lease_request bigint
);

create table robots (
	origin text primary key,
	status integer not null,
	body   text not null,
	until  bigint not null
);

create table request (
	id            integer primary key,
	site          text not null,
	host          text not null,
	method        text not null,
	url           text not null,
	form          text not null,
	form_key      text not null,
	kind          text not null,
	priority      integer not null,
	due           bigint, -- null when nothing more is to be done
	memo          text not null,
	attempts      integer not null default 0,
	status        integer not null default 0,
	error         text not null default '',
	etag          text not null default '',
	last_modified text not null default '',
	fetched       bigint,
	changed       bigint,
	unchanged     integer not null default 0,
	page          bigint,
	unique (site, url, method, form_key)
);
create index request_due on request (host, priority, due) where due is not null;
create index request_site on request (site, kind, due) where due is not null;

create table dictionary (
	id      integer primary key,
	site    text not null,
	version integer not null,
	made    bigint not null,
	body    blob not null,
	unique (site, version)
);

create table content (
	id         integer primary key,
	digest     blob not null unique, -- sha-256 of the body as sent
	dictionary bigint not null,      -- 0 for none
	size       bigint not null,      -- of the body as sent
	body       blob not null         -- zstd
);

create table page (
	id            integer primary key,
	request       bigint not null,
	site          text not null,
	url           text not null, -- where redirects ended
	fetched       bigint not null,
	seen          bigint not null, -- last time the portal sent the same again
	status        integer not null,
	content_type  text not null,
	header        text not null,
	content       bigint not null
);
create index page_request on page (request, id);
create index page_site on page (site, id);

create table bulletin (
	num       integer primary key,
	id        text not null unique,
	site      text not null,
	url       text not null,
	version   integer not null,
	digest    blob not null, -- of the latest version
	published bigint,
	seq       bigint not null unique,
	gone      bigint,
	withdrawn integer not null default 0,
	text      bigint, -- of the table of texts; null when it is too short to compare
	leader    bigint  -- of its group of near-duplicates; null when it leads or is alone
);
create index bulletin_site on bulletin (site, published);
create index bulletin_text on bulletin (text) where text is not null;

create table version (
	bulletin bigint not null,
	number   integer not null,
	fetched  bigint not null,
	page     bigint, -- null when it was imported
	body     blob not null, -- zstd of the JSON form, citations as printed
	primary key (bulletin, number)
);

-- Every address at which a bulletin was seen.
create table address (
	site     text not null,
	url      text not null,
	bulletin bigint not null,
	fetched  bigint, -- null for an address that is only known
	gone     bigint,
	primary key (site, url)
) without rowid;
create index address_bulletin on address (bulletin);

create table attachment (
	url        text primary key,
	name       text not null,
	media_type text not null,
	flag       text not null,
	body       blob not null, -- zstd of the text
	page       bigint
);
create table attached (
	url      text not null,
	bulletin bigint not null,
	primary key (url, bulletin)
) without rowid;
create index attached_bulletin on attached (bulletin);

-- Mentions of documents by the latest versions, as printed.
create table cite (
	stem     text not null,
	key      text not null,
	bulletin bigint not null,
	primary key (stem, key, bulletin)
) without rowid;
create index cite_bulletin on cite (bulletin);

-- Documents known with a date, a year or a term, and how many bulletins say so.
create table document (
	stem     text not null,
	key      text not null,
	mentions integer not null,
	primary key (stem, key)
) without rowid;

-- Texts that the latest versions have, each once: equal copies share a row.
create table text (
	num    integer primary key,
	digest blob not null unique,
	sketch blob not null -- low bytes of the 128 rows of its signature
);

-- 32 rows a text: texts that share one may be near-duplicates.
create table band (
	hash bigint not null, -- number of the band above 32 bits of its hash
	text bigint not null,
	primary key (hash, text)
) without rowid;

-- Pairs of near-duplicate texts, each both ways.
create table likeness (
	one   bigint not null,
	other bigint not null,
	primary key (one, other)
) without rowid;

-- The one counter of the change feed: whoever moves it holds it to the end of
-- the transaction, so positions become visible in their order.
create table feed (
	one  integer primary key,
	last bigint not null
);
insert into feed (one, last) values (1, 0);
