package extract

import "bantin/analyzers/vi"

// repair brings a text to the form that is stored.
func repair(s string) string { return vi.Clean(s) }
