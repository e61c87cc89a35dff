package mo.farol.backup;

/** The text that is signed for a backup. */
final class Signatures {
  private static final String KIND = "farol backup 1";

  private Signatures() {}

  /** Says which manifest it is. */
  static String text(byte[] manifest) {
    return "%s\nmanifest sha256 %s\n".formatted(KIND, Manifest.digest(manifest));
  }
}
