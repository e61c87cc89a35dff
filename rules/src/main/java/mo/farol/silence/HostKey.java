package mo.farol.silence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mo.farol.event.SeededHash;
import mo.farol.event.Source;

/** Agency and host bytes as a key; one of them is set anew for every look-up. */
final class HostKey {
  /** Longer names are cut: nobody is called that. */
  private static final int LIMIT = 255;

  private String agency = "";
  private byte[] bytes = {};
  private int start;
  private int length;
  private int hash;

  static HostKey of(Source source) {
    var key = new HostKey();
    key.set(source.agency(), source.host());
    return key;
  }

  void set(String agency, String host) {
    byte[] utf8 = host.getBytes(StandardCharsets.UTF_8);
    set(agency, utf8, 0, utf8.length);
  }

  void set(String agency, byte[] bytes, int start, int length) {
    this.agency = agency;
    this.bytes = bytes;
    this.start = start;
    this.length = Math.min(length, LIMIT);
    hash = SeededHash.ours().of(agency.hashCode(), bytes, start, start + this.length);
  }

  HostKey copy() {
    var copy = new HostKey();
    copy.set(agency, Arrays.copyOfRange(bytes, start, start + length), 0, length);
    return copy;
  }

  Source source() {
    return new Source(agency, new String(bytes, start, length, StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostKey key
        && hash == key.hash
        && agency.equals(key.agency)
        && Arrays.equals(
            bytes, start, start + length, key.bytes, key.start, key.start + key.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
