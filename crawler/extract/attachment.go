package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Flags of an attachment without text that can be trusted.
const (
	Scan       = "scan"        // pictures of pages
	BrokenFont = "broken-font" // letters that are not what they look like, such as TCVN3 fonts
	TooLarge   = "too-large"   // over a limit of size, memory or time
	Unreadable = "unreadable"  // damaged, encrypted, of another format, or its reader is not installed
)

// Limits of one attachment and of the child process that reads it.
const (
	maxAttachment   = 32 << 20
	maxAttachedText = 2 << 20
	childMemory     = 512 << 20
	childTime       = 30 * time.Second
)

// ChildArgument is what, as the program's first argument, makes it the child process
// that reads one attachment. It is for AttachmentText alone, not for users.
const ChildArgument = "__read-attachment"

// childAnswer is what the child prints.
type childAnswer struct {
	Text string `json:"text"`
	Flag string `json:"flag"`
}

// AttachmentText returns a with the text of its file, or with the flag that
// says why there is none; a scan has its text off the pictures, and a flag that
// says so, where tesseract is installed. The file is parsed by a child process of the running
// program, whose main must call ServeChild first, bounded in memory and time.
// An error means that no child could be started or ctx is done.
func AttachmentText(ctx context.Context, a bulletin.Attachment, file []byte) (bulletin.Attachment, error) {
	a.Text, a.Flag = "", ""
	if len(file) > maxAttachment {
		a.Flag = TooLarge
		return a, nil
	}
	read, err := askChild(ctx, a, file, childTime)
	if err == nil && read.Flag == Scan && CanReadScans(ctx) {
		return askChild(ctx, a, file, scanTime+childTime, scanArgument)
	}
	return read, err
}

// askChild has a child process of the running program read a file.
func askChild(ctx context.Context, a bulletin.Attachment, file []byte, limit time.Duration, more ...string) (bulletin.Attachment, error) {
	self, err := os.Executable()
	if err != nil {
		return a, fmt.Errorf("read attachment %s: %w", a.Name, err)
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(limited, self, append([]string{ChildArgument}, more...)...)
	cmd.Env = []string{"GOMAXPROCS=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LANG=C.UTF-8"}
	cmd.Stdin = bytes.NewReader(file)
	out := &capped{left: maxAttachedText*6 + 1024} // JSON may escape every byte
	cmd.Stdout = out
	cmd.WaitDelay = 5 * time.Second
	ownGroup(cmd)
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return a, fmt.Errorf("read attachment %s: %w", a.Name, ctx.Err())
	case limited.Err() != nil:
		a.Flag = TooLarge
		return a, nil
	case errors.As(err, &exit):
		a.Flag = Unreadable
		if !exit.Exited() || exit.ExitCode() == 2 { // the runtime gives up so when memory ends
			a.Flag = TooLarge
		}
		return a, nil
	case err != nil && !errors.Is(err, errCapped):
		return a, fmt.Errorf("read attachment %s: %w", a.Name, err)
	}
	var answer childAnswer
	if err := json.Unmarshal(out.buf.Bytes(), &answer); err != nil {
		a.Flag = Unreadable
		return a, nil
	}
	a.Text, a.Flag = answer.Text, answer.Flag
	return a, nil
}

var errCapped = errors.New("the child printed too much")

// capped is a buffer that refuses to grow over its limit.
type capped struct {
	buf  bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	if len(p) > c.left {
		return 0, errCapped
	}
	c.left -= len(p)
	return c.buf.Write(p)
}

// ServeChild turns the process into the child of AttachmentText when its
// arguments, without the program's name, say so: it reads the file from in,
// prints the answer to out and reports true. The caller then exits.
func ServeChild(args []string, in io.Reader, out io.Writer) (bool, error) {
	scan := len(args) == 2 && args[1] == scanArgument
	if len(args) == 0 || args[0] != ChildArgument || len(args) > 1 && !scan {
		return false, nil
	}
	if scan {
		limitMemory(scanMemory, scanTime)
	} else {
		limitMemory(childMemory, childTime)
	}
	file, err := io.ReadAll(io.LimitReader(in, maxAttachment+1))
	if err != nil {
		return true, fmt.Errorf("read attachment: %w", err)
	}
	if scan {
		return true, json.NewEncoder(out).Encode(readScan(file))
	}
	return true, json.NewEncoder(out).Encode(readAttachment(file))
}

// readAttachment reads a file by what it is, whatever its name says.
func readAttachment(file []byte) childAnswer {
	var text, flag string
	switch {
	case len(file) > maxAttachment:
		return childAnswer{Flag: TooLarge}
	case bytes.Contains(file[:min(len(file), 1024)], []byte("%PDF-")):
		text, flag = readPDF(file)
	case bytes.HasPrefix(file, []byte("PK\x03\x04")):
		text, flag = readDOCX(file)
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		text, flag = readDOC(file)
	default:
		flag = Unreadable
	}
	text = cleanAttached(text)
	if flag == "" {
		flag = judge(text)
	}
	if flag != "" {
		text = ""
	}
	return childAnswer{text, flag}
}

// cleanAttached keeps paragraphs and collapses all other white space.
func cleanAttached(s string) string {
	var b strings.Builder
	for para := range strings.SplitSeq(strings.ToValidUTF8(s, "\ufffd"), "\n\n") {
		para = strings.Join(strings.Fields(vi.Clean(para)), " ")
		if para == "" {
			continue
		}
		if b.Len()+len(para) > maxAttachedText {
			break
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(para)
	}
	return b.String()
}

// tcvn3 are letters of Western code pages that TCVN3 fonts show as Vietnamese
// ones and that no Vietnamese text uses.
const tcvn3 = "µ¶·¸¹¨»¾¼½©®ªÞß«¬\u00ad°±²³¤¦¡¢£§¥×Ø÷øþÿñåæçëîïûü"

// judge flags a text whose letters cannot be trusted: a scan is empty, a
// broken font shows as unmapped or as Western letters.
func judge(text string) string {
	letters, broken, western, toned, barred := 0, 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r == '\ufffd', r >= 0xe000 && r <= 0xf8ff, r < ' ' && r != '\n':
			broken++
		case strings.ContainsRune(tcvn3, r):
			western++
		case r == 'đ' || r == 'Đ':
			barred++
		case r >= 0x1ea0 && r <= 0x1ef9:
			toned++
		}
		if r > ' ' {
			letters++
		}
	}
	switch {
	case letters == 0:
		return Scan
	case broken*20 > letters, western*40 > letters:
		return BrokenFont
	case letters > 600 && toned*50 > letters && barred == 0: // Vietnamese has đ in every sentence
		return BrokenFont
	}
	return ""
}
