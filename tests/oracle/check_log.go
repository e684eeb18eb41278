// Command check_log judges a log of ours with the code of Go's checksum database (golang.org/x/mod/sumdb).
//
//	check_log check FOLDER VKEY   opens FOLDER/checkpoint, computes every tile from every record of the bundles and
//	                              compares them with the files byte for byte, reads every record's hash through the
//	                              authenticating tile reader, proves every record, checks our own proofs in
//	                              FOLDER/proofs, and refuses files that no tree of this size has
//	check_log sign NAME           prints a fresh verifier key and a checkpoint signed with it
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

func main() {
	var err error
	switch {
	case len(os.Args) == 4 && os.Args[1] == "check":
		err = check(os.Args[2], os.Args[3])
	case len(os.Args) == 3 && os.Args[1] == "sign":
		err = sign(os.Args[2])
	default:
		err = fmt.Errorf("usage: check_log check FOLDER VKEY | check_log sign NAME")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "check_log:", err)
		os.Exit(1)
	}
}

// check runs every step; the first fault ends it.
func check(folder, vkey string) error {
	tree, ignored, err := checkpoint(folder, vkey)
	if err != nil {
		return err
	}
	files := paths(tree.N)
	records, err := bundles(folder, tree.N)
	if err != nil {
		return err
	}
	hashes, err := stored(records)
	if err != nil {
		return err
	}
	memory := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = hashes[index]
		}
		return found, nil
	})
	root, err := tlog.TreeHash(tree.N, memory)
	if err != nil || root != tree.Hash {
		return fmt.Errorf("root of the records is %v, that of the checkpoint %v (%v)", root, tree.Hash, err)
	}
	tiles, err := compareTiles(folder, tree.N, memory)
	if err != nil {
		return err
	}
	if err := readHashes(folder, tree, records); err != nil {
		return err
	}
	for n := range records {
		proof, err := tlog.ProveRecord(tree.N, int64(n), memory)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, int64(n), tlog.RecordHash(records[n]))
		}
		if err != nil {
			return fmt.Errorf("record %d: %v", n, err)
		}
	}
	proofs, err := ourProofs(folder, tree, records)
	if err != nil {
		return err
	}
	if err := noOthers(folder, files); err != nil {
		return err
	}
	fmt.Printf("records %d tiles %d proofs %d ignored %d\n", len(records), tiles, proofs, ignored)
	return nil
}

// checkpoint opens the note and returns the tree that it states, and how many signatures of others it has.
func checkpoint(folder, vkey string) (tree tlog.Tree, ignored int, err error) {
	raw, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tree, 0, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, 0, err
	}
	opened, err := note.Open(raw, note.VerifierList(verifier))
	if err != nil {
		return tree, 0, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, 0, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, 0, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, len(opened.UnverifiedSigs), err
}

// path returns the name of a tile by c2sp.org/tlog-tiles: Go's names have the height in them, and "data" for entries.
func path(tile tlog.Tile) string {
	name := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	return strings.Replace(name, "tile/data/", "tile/entries/", 1)
}

// widest returns the tiles of a tree, each at the width that it has there.
func widest(size int64) []tlog.Tile {
	var found []tlog.Tile
	for _, tile := range tlog.NewTiles(height, 0, size) {
		last := len(found) - 1
		if last >= 0 && found[last].L == tile.L && found[last].N == tile.N {
			found[last] = tile
		} else {
			found = append(found, tile)
		}
	}
	return found
}

// paths returns the names of all files of a log.
func paths(size int64) map[string]bool {
	found := map[string]bool{}
	for _, tile := range widest(size) {
		found[path(tile)] = true
		if tile.L == 0 {
			tile.L = -1
			found[path(tile)] = true
		}
	}
	return found
}

// bundles returns every record.
func bundles(folder string, size int64) ([][]byte, error) {
	var records [][]byte
	for _, tile := range widest(size) {
		if tile.L != 0 {
			continue
		}
		tile.L = -1
		raw, err := os.ReadFile(filepath.Join(folder, path(tile)))
		if err != nil {
			return nil, err
		}
		for n := 0; n < tile.W; n++ {
			if len(raw) < 2 || len(raw) < 2+int(binary.BigEndian.Uint16(raw)) {
				return nil, fmt.Errorf("%s ends within record %d", path(tile), n)
			}
			end := 2 + int(binary.BigEndian.Uint16(raw))
			records = append(records, raw[2:end])
			raw = raw[end:]
		}
		if len(raw) != 0 {
			return nil, fmt.Errorf("%s is too long", path(tile))
		}
	}
	return records, nil
}

// stored returns the hashes of the whole tree in the order in which Go stores them.
func stored(records [][]byte) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = hashes[index]
		}
		return found, nil
	})
	for n, record := range records {
		more, err := tlog.StoredHashes(int64(n), record, reader)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, more...)
	}
	return hashes, nil
}

// compareTiles compares each tile with the one that Go makes of the records.
func compareTiles(folder string, size int64, reader tlog.HashReader) (int, error) {
	tiles := widest(size)
	for _, tile := range tiles {
		expected, err := tlog.ReadTileData(tile, reader)
		if err != nil {
			return 0, err
		}
		found, err := os.ReadFile(filepath.Join(folder, path(tile)))
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(expected, found) {
			return 0, fmt.Errorf("%s differs", path(tile))
		}
	}
	return len(tiles), nil
}

// folderTiles reads tiles from our files.
type folderTiles string

func (folderTiles) Height() int                         { return height }
func (folderTiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (folder folderTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(string(folder), path(tile)))
		if err != nil {
			return nil, err
		}
		found[i] = data
	}
	return found, nil
}

// readHashes reads the hash of every record through the reader that authenticates each tile against the root.
func readHashes(folder string, tree tlog.Tree, records [][]byte) error {
	reader := tlog.TileHashReader(tree, folderTiles(folder))
	for start := 0; start < len(records); start += 1 << height {
		var indexes []int64
		for n := start; n < len(records) && n < start+1<<height; n++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(n)))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, hash := range hashes {
			if hash != tlog.RecordHash(records[start+i]) {
				return fmt.Errorf("record %d is not that of its tile", start+i)
			}
		}
	}
	return nil
}

// ourProofs checks the proofs that we made: lines "inclusion INDEX HASH..." and "consistency SIZE ROOT HASH...".
func ourProofs(folder string, tree tlog.Tree, records [][]byte) (int, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "proofs"))
	if err != nil {
		return 0, err
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for _, line := range lines {
		words := strings.Fields(line)
		n, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return 0, err
		}
		var hashes []tlog.Hash
		for _, word := range words[2:] {
			hash, err := tlog.ParseHash(word)
			if err != nil {
				return 0, err
			}
			hashes = append(hashes, hash)
		}
		if words[0] == "inclusion" {
			err = tlog.CheckRecord(hashes, tree.N, tree.Hash, n, tlog.RecordHash(records[n]))
		} else {
			err = tlog.CheckTree(hashes[1:], tree.N, tree.Hash, n, hashes[0])
		}
		if err != nil {
			return 0, fmt.Errorf("%s: %v", line, err)
		}
	}
	return len(lines), nil
}

// noOthers refuses files beneath tile/ that no tree of this size has.
func noOthers(folder string, files map[string]bool) error {
	seen := 0
	err := filepath.WalkDir(filepath.Join(folder, "tile"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, name)
		if err == nil && !files[filepath.ToSlash(relative)] {
			err = fmt.Errorf("%s is not a file of this log", relative)
		}
		seen++
		return err
	})
	if err == nil && seen != len(files) {
		err = fmt.Errorf("%d files of %d are there", seen, len(files))
	}
	return err
}

// sign prints a verifier key and a signed checkpoint of the tree of one record.
func sign(name string) error {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	hash := tlog.RecordHash([]byte("only record"))
	text := fmt.Sprintf("%s\n1\n%s\n", name, base64.StdEncoding.EncodeToString(hash[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s\n%s", public, signed)
	return err
}
