// Package vi is pure text processing for Vietnamese: normalisation, syllables,
// folding, token streams, lookup keys, abbreviations, typed input, legacy
// encodings and shingles. It knows nothing of indexes, bulletins or files, and
// every function may be called concurrently.
//
// [Analyze] applies these steps to the text, in this order and in one pass,
// and every token keeps the bytes of the original it came from:
//
//  1. letters (normalize.go): Ð, ð and Ɖ become Đ and đ; full-width forms,
//     odd spaces and dashes become ASCII; invisible characters go; marks are
//     composed, whatever their order, so that NFC and NFD give the same.
//  2. case: lower case, after composition.
//  3. tone (tone.go): the mark moves to the vowel where today's spelling has
//     it: hòa → hoà, hòan → hoàn, qúy → quý.
//  4. i and y (tone.go): kỹ and kĩ, quý and quí become one key.
//  5. Trung ương (central.go): TW, TƯ, T.Ư become the two words, before folding,
//     so that they stay apart from TU (Tỉnh ủy); phrases meet these, single
//     words only "tw".
//  6. numbers (number.go): dots between groups of three go.
//  7. keys (key.go, document.go): document numbers, dates, quarters and halves
//     of a year are recognised across the words that spell them.
//  8. numerals (roman.go): a Roman numeral after a cue word also stands as an
//     Arabic number at the same position.
//  9. joined forms (token.go): Covid-19 also stands as covid19.
//  10. fold (fold.go): the same words without any diacritics, đ as d.
//  11. bigrams (token.go): neighbours within one phrase.
//
// [NewScan] is the same scan for those who read facts and documents out of a
// text: words under the hash of their canonical form, runs of digits and marks
// as units of their own, with what stands before each. A text is cut once and
// the scan handed to every reader.
//
// A phrase ends at sentence punctuation (. ! ? … ; :), at a bullet and at a
// blank line. Commas, quotes, brackets, hyphens and slashes do not end it:
// official prose writes "phòng, chống dịch" and "chính trị - xã hội" for what
// people look up without the marks.
package vi
