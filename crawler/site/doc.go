// Package site knows portals: the profile that an operator writes for one, the
// presets of the CMS families they run, how a listing page is read (items, the
// true next page, feeds), which addresses are one and the same, and how all of
// that is detected from a few pages. It does no I/O beyond writing profiles
// and leaves the text of an article to package extract.
package site
