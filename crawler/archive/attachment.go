package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// putAttachment keeps the text of a file; the bulletins that name the file
// pass through the feed again.
func (t *tx) putAttachment(at *bulletin.Attachment, page sql.NullInt64) error {
	body := t.a.codec.plain.enc.EncodeAll([]byte(at.Text), nil)
	n, err := t.Count(`insert into attachment (url, name, media_type, flag, body, page) values ($1, $2, $3, $4, $5, $6)
		on conflict (url) do update set name = excluded.name, media_type = excluded.media_type, flag = excluded.flag, body = excluded.body, page = excluded.page
		where attachment.flag <> excluded.flag or attachment.body <> excluded.body`,
		at.URL, at.Name, at.MediaType, at.Flag, body, page)
	if err != nil || n == 0 {
		return err
	}
	return t.touchNaming(at.URL)
}

// touchNaming touches the bulletins that name a file, a thousand at a time.
func (t *tx) touchNaming(url string) error {
	for past := int64(0); ; {
		batch, err := store.Column[int64](t.Rows("select bulletin from attached where url = $1 and bulletin > $2 order by bulletin limit 1000", url, past))
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := each(batch, t.touch); err != nil {
			return err
		}
		past = batch[len(batch)-1]
	}
}

// putAttached notes which files a bulletin names.
func (t *tx) putAttached(d *draft, num int64, isNew bool) error {
	var err error
	if !isNew {
		err = t.Exec("delete from attached where bulletin = $1", num)
	}
	return cmp.Or(err, each(d.Attachments, func(at bulletin.Attachment) error {
		return t.Exec("insert into attached (url, bulletin) values ($1, $2) on conflict do nothing", at.URL, num)
	}))
}

// fillAttachments gives the attachments of a bulletin that have no text of
// their own what was read out of the files.
func (v *view) fillAttachments(ctx context.Context, b *bulletin.Bulletin) error {
	for i := range b.Attachments {
		at := &b.Attachments[i]
		if at.Text != "" || at.Flag != "" {
			continue
		}
		var body []byte
		var name, media string
		err := v.Row(ctx, "select name, media_type, flag, body from attachment where url = $1", []any{at.URL}, &name, &media, &at.Flag, &body)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		text, err := v.a.codec.plain.dec.DecodeAll(body, nil)
		if err != nil {
			return err
		}
		at.Text = string(text)
		at.Name = cmp.Or(at.Name, name)
		at.MediaType = cmp.Or(at.MediaType, media)
	}
	return nil
}
