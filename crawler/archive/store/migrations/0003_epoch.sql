-- Whoever moves the feed first after opening the archive begins an epoch past
-- the position that it found. Two archives that share an epoch are the same up
-- to where the next one of either begins: so a reader that keeps position and
-- epoch notices a restored, replaced or emptied archive.
create table epoch (
	start bigint primary key,
	name  text not null
);
