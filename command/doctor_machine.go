package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"bantin/crawler/archive/store"
)

// version names what would be asked first in a report of a fault.
func (d *doctor) version(context.Context) []finding {
	return []finding{well("version", "%s on %s/%s", versionText(), runtime.GOOS, runtime.GOARCH)}
}

// rights makes sure that the folder can be written and that nothing in it
// belongs to somebody else.
func (d *doctor) rights(context.Context) []finding {
	info, err := os.Stat(d.data)
	if errors.Is(err, fs.ErrNotExist) {
		return []finding{advice("rights", d.data+" does not exist yet", "bantin up makes it; or name the right folder with --data")}
	}
	if err != nil {
		return []finding{wrong("rights", err, "choose another folder with --data")}
	}
	if !info.IsDir() {
		return []finding{wrong("rights", fmt.Errorf("%s is a file", d.data), "name a folder with --data")}
	}
	f, err := os.CreateTemp(d.data, ".doctor-*")
	if err != nil {
		return []finding{wrong("rights", err, fmt.Sprintf("give the folder to this user: chown -R %d %s", os.Getuid(), d.data))}
	}
	if err := errors.Join(f.Close(), os.Remove(f.Name())); err != nil {
		return []finding{wrong("rights", err, "look whether the disk is well")}
	}
	names := []string{filepath.Join(d.indexFolder(), "current"), d.sitesFolder()}
	if file := d.archiveFile(); !store.Remote(file) {
		names = append(names, file, file+"-wal", file+"-shm")
	}
	for _, name := range names {
		if err := openable(name); err != nil {
			return []finding{wrong("rights", err, fmt.Sprintf("a run as another user left it: chown -R %d %s", os.Getuid(), d.data))}
		}
	}
	return []finding{well("rights", "%s can be read and written", d.data)}
}

// openable tells why a file cannot be read and written; a folder only read.
func openable(name string) error {
	mode := os.O_RDWR
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		mode = os.O_RDONLY
	}
	f, err := os.OpenFile(name, mode, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// lowMB is the room under which a disk is called full.
const lowMB = 2048

func (d *doctor) space(context.Context) []finding {
	folder := d.data
	if _, err := os.Stat(folder); err != nil {
		folder = filepath.Dir(filepath.Clean(folder))
	}
	free, all, err := diskSpace(folder)
	switch {
	case err != nil:
		return []finding{advice("space", oneLine(err.Error()), "look at the room on the disk yourself")}
	case free>>20 < lowMB/8:
		return []finding{wrong("space", fmt.Errorf("%d MB free of %d MB", free>>20, all>>20), "make room, or move the data folder to a larger disk")}
	case free>>20 < lowMB:
		return []finding{advice("space", fmt.Sprintf("%d MB free of %d MB", free>>20, all>>20), "a rebuild of the index needs its size once more: make room")}
	}
	return []finding{well("space", "%d MB free of %d MB", free>>20, all>>20)}
}

// clock finds a clock that was never set, or was set back behind what the
// archive holds.
func (d *doctor) clock(context.Context) []finding {
	now := d.now()
	const mend = "let the machine set its clock: timedatectl set-ntp true"
	if now.Year() < 2026 {
		return []finding{wrong("clock", fmt.Errorf("it says %s", now.Format(time.DateOnly)), mend)}
	}
	if store.Remote(d.archiveFile()) { // its server has a clock of its own
		return []finding{well("clock", "%s", now.Format(time.RFC3339))}
	}
	if info, err := os.Stat(d.archiveFile()); err == nil && info.ModTime().After(now.Add(5*time.Minute)) {
		return []finding{wrong("clock", fmt.Errorf("it says %s, the archive was written %s", now.Format(time.DateTime), info.ModTime().Format(time.DateTime)), mend)}
	}
	return []finding{well("clock", "%s", now.Format(time.RFC3339))}
}

// locale tells whether this terminal shows Vietnamese; the service needs none.
func (d *doctor) locale(context.Context) []finding {
	name := ""
	for _, variable := range []string{"LC_ALL", "LC_CTYPE", "LANG"} { // POSIX: the first that is set
		if name = os.Getenv(variable); name != "" {
			break
		}
	}
	upper := strings.ToUpper(name)
	if !strings.Contains(upper, "UTF-8") && !strings.Contains(upper, "UTF8") {
		return []finding{advice("locale", fmt.Sprintf("%q is not UTF-8: a terminal may garble Vietnamese; pages and API do not mind", name), "export LANG=C.UTF-8")}
	}
	return []finding{well("locale", "%s", name)}
}

// tools are programs that read old attachments when they are there.
func (d *doctor) tools(context.Context) []finding {
	var missing []string
	for _, name := range []string{"pdftotext", "antiword"} {
		if _, err := exec.LookPath(name); err != nil {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return []finding{advice("tools", "without "+strings.Join(missing, " and ")+" fewer attachments are read", "apt install poppler-utils antiword")}
	}
	return []finding{well("tools", "pdftotext and antiword are there")}
}

func (d *doctor) backup(context.Context) []finding {
	if store.Remote(d.archiveFile()) {
		return []finding{advice("backup", "Bantin makes none of an archive in PostgreSQL", "pg_dump -Fc regularly, by the tools of that server")}
	}
	if d.backups == "" {
		return []finding{advice("backup", "no regular backups are known", "bantin up --backup-dir FOLDER makes them; tell doctor the same folder")}
	}
	last, err := (&backups{dir: d.backups}).last()
	switch {
	case err != nil:
		return []finding{wrong("backup", err, "look at the rights of the folder")}
	case last.IsZero():
		return []finding{advice("backup", "there is none in "+d.backups, "bantin up --backup-dir "+d.backups+" makes one at once")}
	case d.now().Sub(last) > 7*24*time.Hour:
		return []finding{wrong("backup", fmt.Errorf("the last one is of %s", last.Format(time.DateOnly)), "look into the log for why none succeeded")}
	}
	return []finding{well("backup", "the last one is of %s UTC", last.Format(time.DateTime))}
}
