package bleveindex

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// fewSegments beside the largest are not worth a merge.
const fewSegments = 2

// Compact implements index.Index. It merges all segments into one, or all but
// the largest when those are a quarter of it at most. It does nothing when the
// disk has not half as much again as the segments take.
func (ix *Index) Compact(ctx context.Context) error {
	select {
	case ix.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-ix.writer }()
	if err := ctx.Err(); err != nil {
		return err
	}
	largest, others, err := ix.sizes()
	if err != nil || len(others) < fewSegments || ix.path == "" {
		return err
	}
	plan := mergeplan.SingleSegmentMergePlanOptions
	plan.SegmentsPerMergeTask = len(others) + 1
	if sum(others) <= largest/4 {
		plan.MaxSegmentSize = 2 * largest // bleve leaves out what is half of that or more
	}
	if !ix.room() {
		return nil
	}
	failed, done := failures.watch(ix.path), make(chan error, 1)
	go func() { done <- ix.scorch.ForceMerge(ctx, &plan) }()
	select {
	case err = <-done:
	case err = <-failed:
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = ix.renew()
	}
	if err != nil {
		return fmt.Errorf("index %s: %w", ix.path, err)
	}
	return nil
}

// sizes returns the live documents of the largest segment and of each other.
func (ix *Index) sizes() (largest int64, others []int64, err error) {
	r, err := ix.scorch.Reader()
	if err != nil {
		return 0, nil, err
	}
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		others = append(others, int64(s.Count()))
	}
	slices.Sort(others)
	if n := len(others); n > 0 {
		largest, others = others[n-1], others[:n-1]
	}
	return largest, others, r.Close()
}

func sum[N ~int64](all []N) N {
	n := N(0)
	for _, v := range all {
		n += v
	}
	return n
}

// room tells whether the disk has half as much again as the index takes; one
// that does not tell has not.
func (ix *Index) room() bool {
	files, err := os.ReadDir(ix.path)
	if err != nil {
		return false
	}
	used := uint64(0)
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".zap" {
			continue
		}
		if info, err := f.Info(); err == nil { // merges may have removed it
			used += uint64(info.Size())
		}
	}
	free, err := freeBytes(ix.path)
	return err == nil && free > used+used/2
}
