package store

import (
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestAddress: what an address says holds for the connections of readers and writer,
// beside what is added to it; a space in it arrives as one.
func TestAddress(t *testing.T) {
	archivetest.Current(t)
	s := openAt(t, archivetest.Place(t, "")+"&application_name=two%20words%2Bplus")
	const query = "select current_schema() || ' ' || current_setting('application_name')"
	var writes, reads, isolation string
	err := s.Update(t.Context(), func(t *Tx) error { return t.Row(query, nil, &writes) })
	if err == nil {
		err = s.View(t.Context(), func(v *View) error { return v.Row(t.Context(), query, nil, &reads) })
	}
	if err == nil {
		err = s.Row(t.Context(), "show transaction_isolation", nil, &isolation)
	}
	var schema string
	if err == nil {
		err = s.Row(t.Context(), "select current_schema()", nil, &schema)
	}
	if want := schema + " two words+plus"; err != nil || schema == "public" || writes != want || reads != want || isolation != "repeatable read" {
		t.Errorf("writer %q, readers %q in %s; want %q, %v", writes, reads, isolation, want, err)
	}
}
