package mo.farol.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import mo.farol.disk.AtomicFile;

/**
 * The key that signs, and in {@code keys.jsonl} how it came after those before: one {@code
 * {"note":…}} a line. A rotation makes a key beside the old one, records what both signed, then
 * puts the new one in its place; the old one is gone. A crash in between is mended at the next
 * start. Any thread.
 */
public final class SealKeys {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTE = "note";
  private static final String NEXT = ".next";

  private final Path file;
  private final Lines lines;
  private SignerKey current;
  private List<String> notes;

  private SealKeys(Path file, Path folder, SignerKey current) {
    this.file = file;
    this.lines = lines(folder);
    this.current = current;
    this.notes = notes(folder);
  }

  /**
   * Opens the keys of a seal; makes the first at the first start.
   *
   * @throws SealFault when the key that signed the heads is not there
   */
  static SealKeys open(Path file, Path folder, boolean hasHeads) {
    mend(file, folder);
    if (!Files.exists(file) && (hasHeads || !notes(folder).isEmpty())) {
      throw new SealFault("the key " + file + " that signed the heads is not there; restore it");
    }
    if (!Files.exists(file)) {
      byte[] name = new byte[4];
      new SecureRandom().nextBytes(name);
      SignerKey.create("farol-" + HexFormat.of().formatHex(name)).write(file);
    }
    var keys = new SealKeys(file, folder, SignerKey.read(file));
    keys.check(folder);
    return keys;
  }

  /** The signed rotations of a seal's folder, oldest first, and what stands behind the last. */
  public static List<String> stored(Path sealFolder) {
    return read(sealFolder, Lines::forEachAndTorn);
  }

  private static List<String> notes(Path folder) {
    return read(folder, (lines, action) -> lines.forEach((_, line) -> action.accept(line)));
  }

  private interface Reading {
    void each(Lines lines, Consumer<String> action) throws IOException;
  }

  private static List<String> read(Path sealFolder, Reading reading) {
    var notes = new ArrayList<String>();
    try {
      reading.each(lines(sealFolder), line -> notes.add(note(line)));
      return List.copyOf(notes);
    } catch (IOException | IllegalArgumentException e) {
      throw new SealFault("cannot read keys.jsonl in " + sealFolder + ": " + e.getMessage(), e);
    }
  }

  /** Who signs now. */
  public synchronized VerifierKey current() {
    return current.verifier();
  }

  /** The signed rotations, oldest first. */
  public synchronized List<String> notes() {
    return notes;
  }

  /** The keys that signed, one after the other. */
  public synchronized KeyChain chain() {
    return KeyChain.of(current.verifier(), notes);
  }

  /** Signs a head and keeps it; no rotation comes in between. */
  synchronized SignedHead sign(Head head, Heads heads) {
    var signed = SignedHead.sign(head, current);
    heads.append(signed);
    return signed;
  }

  /** Signs a removal and records it; no rotation comes in between. */
  synchronized Removal sign(Removal wanted, Removals removals) {
    return removals.append(wanted, current);
  }

  /** Makes another key that signs every head and removal after the last ones. */
  synchronized Rotation rotate(Heads heads, Removals removals, Instant now) {
    long size = heads.last().map(head -> head.head().size()).orElse(0L);
    var next = SignerKey.create(current.verifier().name());
    var rotation =
        new Rotation(
            size,
            removals.tip().count(),
            current.verifier(),
            next.verifier(),
            now.truncatedTo(ChronoUnit.MILLIS));
    String note = Rotation.signed(rotation, current, next).toString();
    var draft = next(file);
    try {
      Files.deleteIfExists(draft);
      next.write(draft);
      lines.append(line(note));
      current = next;
      notes = new ArrayList<>(notes);
      notes.add(note);
      notes = List.copyOf(notes);
      AtomicFile.rename(draft, file);
      return rotation;
    } catch (IOException e) {
      throw new SealFault("cannot change the key " + file + ": " + e, e);
    }
  }

  // What was recorded is done, what was not is as if it never was.
  private static void mend(Path file, Path folder) {
    var draft = next(file);
    if (!Files.exists(draft)) {
      return;
    }
    try {
      var made = SignerKey.read(draft).verifier();
      var notes = notes(folder);
      boolean isRecorded = !notes.isEmpty() && Rotation.ofNote(notes.getLast()).to().equals(made);
      if (isRecorded) {
        AtomicFile.rename(draft, file);
      } else {
        Files.delete(draft);
      }
    } catch (IOException e) {
      throw new SealFault("cannot put the key " + draft + " in its place: " + e, e);
    }
  }

  private void check(Path folder) {
    try {
      if (KeyChain.of(current.verifier(), notes).last().equals(current.verifier())) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new SealFault("keys.jsonl in " + folder + " can't be believed: " + e.getMessage(), e);
    }
    throw new SealFault("the key " + file + " was replaced by another; restore the newest one");
  }

  private static Path next(Path file) {
    return file.resolveSibling(file.getFileName() + NEXT);
  }

  private static Lines lines(Path folder) {
    return new Lines(folder.resolve("keys.jsonl"));
  }

  private static String line(String note) {
    return JSON.createObjectNode().put(NOTE, note).toString();
  }

  private static String note(String line) {
    try {
      String note = JSON.readTree(line).path(NOTE).asText();
      if (line(note).equals(line)) {
        return note;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a line is no JSON", e);
    }
    throw new IllegalArgumentException("a line is not as it was written");
  }
}
