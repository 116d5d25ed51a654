-- Bulletins are looked up by an address that somebody pasted.
create index bulletin_url on bulletin (url);
create index address_url on address (url);
