-- What the operator asks of whoever has the index open, and what came of it.
create table errand (
	what  text primary key,
	asked bigint not null,
	done  bigint not null default 0,
	said  text not null default '' -- why the last one failed, empty when it did not
);
