package mo.farol.indicator;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a source says of many of its indicators alike.
 *
 * @param agencies whose events they count for; empty for everybody's
 * @param group number of the values of which one event must show all, 0 for a value alone
 * @param part which of them this is, from 0
 */
record Terms(
    String source,
    int confidence,
    Tlp tlp,
    List<String> labels,
    Set<String> agencies,
    int group,
    int part) {
  Terms {
    labels = List.copyOf(labels);
    agencies = Set.copyOf(agencies);
  }

  boolean countFor(String agency) {
    return agencies.isEmpty() || agencies.contains(agency);
  }

  /** All of it, for a hash under a key of ours: whoever writes labels must not choose places. */
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      text(out, source);
      out.writeByte(confidence);
      out.writeByte(tlp.ordinal());
      out.writeInt(group);
      out.writeInt(part);
      out.writeInt(labels.size());
      for (String label : labels) {
        text(out, label);
      }
      for (String agency : new TreeSet<>(agencies)) {
        text(out, agency);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  /** Bytes of heap, about. */
  int size() {
    return 200 + 2 * labels.stream().mapToInt(label -> 56 + label.length()).sum();
  }
}
