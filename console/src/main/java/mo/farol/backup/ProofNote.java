package mo.farol.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mo.farol.seal.SignedText;
import mo.farol.seal.SignerKey;

/**
 * The file {@code proven.sig} beside a backup's manifest: the home's key says that all of the
 * backup was proven once. It spares reading years of events again each night.
 */
final class ProofNote {
  static final String FILE = "proven.sig";

  private static final String KIND = "farol backup proven 1";

  // A note is a few lines.
  private static final long LONGEST = 64 << 10;

  private ProofNote() {}

  /** Whether a key of the home said so of this very manifest. */
  static boolean isOf(Kept kept, HomeKeys keys) throws IOException {
    var file = kept.folder().resolve(FILE);
    if (!Disk.isFile(file) || Files.size(file) > LONGEST) {
      return false;
    }
    String note = Files.readString(file);
    return keys.all().stream()
        .anyMatch(key -> SignedText.read(note, key).filter(text(kept)::equals).isPresent());
  }

  /** Says it; on the disk when this returns. */
  static void write(Kept kept, SignerKey key) throws IOException {
    byte[] note = SignedText.sign(text(kept), key).getBytes(StandardCharsets.UTF_8);
    Path draft = kept.folder().resolve(FILE + ".new");
    Files.deleteIfExists(draft);
    Disk.write(draft, out -> Disk.all(out, ByteBuffer.wrap(note)));
    Files.move(draft, kept.folder().resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    Disk.force(kept.folder());
  }

  // What is signed of a manifest names it by its SHA-256.
  private static String text(Kept kept) {
    return KIND + "\n" + kept.told();
  }
}
