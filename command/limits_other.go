//go:build !unix

package command

import "context"

func (d *doctor) limits(context.Context) []finding { return nil }
