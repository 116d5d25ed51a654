package command

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"bantin/crawler"
	"bantin/indexer"

	"github.com/schollz/progressbar/v3"
)

// quiet is the least time between two progress lines where no terminal draws
// them.
const quiet = 30 * time.Second

// progress shows a crawl: a line on a terminal, log lines elsewhere.
type progress struct {
	out    io.Writer
	log    *slog.Logger
	draw   bool
	sites  map[string]crawler.Event
	logged time.Time
}

func (p *progress) event(e crawler.Event) {
	p.sites[e.Site] = e
	if e.Done {
		p.clear()
		level := slog.LevelInfo
		if e.Alarm != "" {
			level = slog.LevelWarn
		}
		p.log.Log(context.Background(), level, "portal done", "site", e.Site, "pages", e.Pages, "new", e.Bulletins, "changed", e.Changed, "failed", e.Failed, "alarm", e.Alarm)
		return
	}
	if p.draw {
		fmt.Fprintf(p.out, "\r\x1b[K%s", p.line(e))
		return
	}
	if now := time.Now(); now.Sub(p.logged) >= quiet {
		p.logged = now
		pages, bulletins, _ := p.sums()
		p.log.Info("crawling", "pages", pages, "bulletins", bulletins, "site", e.Site, "rate", e.Rate)
	}
}

// line is the state of one portal, and the sums of all.
func (p *progress) line(e crawler.Event) string {
	line := fmt.Sprintf("%s: %s · %d new · %.0f pages/min", e.Site, quantity(e.Pages, "page"), e.Bulletins, min(e.Rate, 99_999))
	if wait := time.Until(e.Waiting).Round(time.Second); wait > 0 {
		line += fmt.Sprintf(" · waiting until %s", e.Waiting.Format(time.TimeOnly))
	}
	pages, bulletins, active := p.sums()
	return line + fmt.Sprintf("  |  %s: %s, %d new", quantity(active, "portal"), quantity(pages, "page"), bulletins)
}

func (p *progress) sums() (pages, bulletins, active int) {
	for _, s := range p.sites {
		pages += s.Pages
		bulletins += s.Bulletins
		if !s.Done {
			active++
		}
	}
	return pages, bulletins, active
}

func (p *progress) clear() {
	if p.draw {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

// bar shows work of a known length: a bar on a terminal, log lines elsewhere.
type bar struct {
	log    *slog.Logger
	name   string
	bar    *progressbar.ProgressBar
	logged time.Time
}

func newBar(out io.Writer, log *slog.Logger, name string) *bar {
	b := &bar{log: log, name: name, logged: time.Now()}
	if terminal(out) {
		b.bar = progressbar.NewOptions64(1, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(name),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	return b
}

// indexed shows how far a catching up is.
func (b *bar) indexed(p indexer.Progress) {
	switch {
	case b.bar != nil:
		b.bar.ChangeMax64(max(p.All, 1))
		_ = b.bar.Set64(p.Done) // a terminal that is gone
	case time.Since(b.logged) >= quiet:
		b.logged = time.Now()
		b.log.Info(b.name, "done", p.Done, "all", p.All)
	}
}

func (b *bar) close() error {
	if b.bar != nil {
		return b.bar.Finish()
	}
	return nil
}

// terminal tells whether w is a terminal, where progress is drawn.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
