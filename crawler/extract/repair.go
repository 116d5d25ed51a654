package extract

import "bantin/analyzers/vi"

// repair brings a text to the form that is stored: legacy encodings decoded,
// then cleaned. It must see the text before white space is collapsed, which
// some of the encodings use for letters.
func repair(s string) string {
	s, _ = vi.Repair(s)
	return vi.Clean(s)
}
