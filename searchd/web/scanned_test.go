package web

import (
	"strings"
	"testing"

	"bantin/bulletin"
)

// TestMachineReadIsShownAsThat: in the list, on the bulletin's page and to
// programs.
func TestMachineReadIsShownAsThat(t *testing.T) {
	b := testBulletin(places[0], 2020, 3)
	b.Attachments = []bulletin.Attachment{{URL: "https://portal.test/a.pdf", Name: "Kết luận", Text: "Đầm sen cạn nước.", Flag: bulletin.MachineRead}}
	s := newService(t, Config{}, b)
	if body := s.get(t, "/search?q=%C4%91%E1%BA%A7m+sen").Body.String(); !strings.Contains(body, "<mark>Đầm sen</mark>") || !strings.Contains(body, "do máy đọc") {
		t.Error("the list does not show what was read by machine")
	}
	if body := s.get(t, "/bulletins/"+b.ID).Body.String(); !strings.Contains(body, "do máy đọc") {
		t.Error("the page of the bulletin does not tell that its attachment was read by machine")
	}
	got := search(t, s, "q=%C4%91%E1%BA%A7m+sen")
	if len(got.Hits) != 1 || !got.Hits[0].MachineRead {
		t.Errorf("%+v", got.Hits)
	}
	if got := search(t, s, "q=giao+ban"); len(got.Hits) != 1 || got.Hits[0].MachineRead {
		t.Errorf("%+v", got.Hits)
	}
}
