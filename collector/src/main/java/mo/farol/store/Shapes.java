package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which fields an event has, as one term: events of one kind share it, so {@code field:*} and the
 * list of an agency's field names cost one posting an event instead of one a field. Where an agency
 * sends ever other combinations, a further one has a term for each of its fields instead, of which
 * there are no more than there are names: so that nobody's events make everybody's index large. A
 * small cache, direct-mapped, spares making terms again. Belongs to the writer's thread.
 */
final class Shapes {
  private static final int SLOTS = 4096;
  private static final int LONGEST = 16_384;

  private static final class Shape {
    final String agency;
    final int[] fields;
    final List<BytesRef> terms;
    final boolean isMotley;

    Shape(String agency, int[] fields, List<BytesRef> terms, boolean isMotley) {
      this.agency = agency;
      this.fields = fields;
      this.terms = terms;
      this.isMotley = isMotley;
    }
  }

  private final Counter motley;
  private final @Nullable Shape[] cache = new @Nullable Shape[SLOTS];
  private final Map<String, Combinations> combinations = new HashMap<>();
  private int[] fields = new int[64];

  /**
   * @param motley counts events whose combination is one too many
   */
  Shapes(Counter motley) {
    this.motley = motley;
  }

  /** Adds what says which fields event {@code i} has. */
  void add(EventBatch batch, int i, TermBuffer into) {
    var shape = shape(batch, i);
    if (shape.isMotley) {
      motley.increment();
    }
    for (var term : shape.terms) {
      into.add(term);
    }
  }

  private Shape shape(EventBatch batch, int i) {
    int count = collect(batch, i);
    String agency = batch.origin().agency();
    int slot = slot(agency, count);
    var known = cache[slot];
    if (known != null
        && known.agency.equals(agency)
        && Arrays.equals(known.fields, 0, known.fields.length, fields, 0, count)) {
      return known;
    }
    var made = make(agency, Arrays.copyOf(fields, count));
    cache[slot] = made;
    return made;
  }

  // In whatever order an event has its fields, it is one combination.
  private Shape make(String agency, int[] all) {
    int[] sorted = Arrays.stream(all).sorted().distinct().toArray();
    boolean fits =
        combinations.computeIfAbsent(agency, _ -> new Combinations()).take(hash(agency, sorted));
    var names =
        Arrays.stream(sorted)
            .mapToObj(Fields::name)
            .map(name -> (name + '\0').getBytes(StandardCharsets.UTF_8))
            .toList();
    return new Shape(agency, all, fits ? together(agency, names) : apart(agency, names), !fits);
  }

  private int collect(EventBatch batch, int i) {
    int count = batch.to(i) - batch.from(i);
    if (count >= fields.length) {
      fields = new int[count * 2];
    }
    boolean hasHost = false;
    for (int k = 0; k < count; k++) {
      fields[k] = batch.field(batch.from(i) + k);
      hasHost |= fields[k] == Fields.HOST_NAME;
    }
    if (!hasHost && !batch.origin().peer().isEmpty()) {
      fields[count++] = Fields.HOST_NAME; // its sender's address, as in EventDocument
    }
    return count;
  }

  private int slot(String agency, int count) {
    int h = agency.hashCode();
    for (int k = 0; k < count; k++) {
      h = h * 31 + fields[k];
    }
    h *= 0x9E3779B9;
    return (h >>> 16) & (SLOTS - 1);
  }

  private static long hash(String agency, int[] sorted) {
    long h = agency.hashCode();
    for (int field : sorted) {
      h = (h ^ field) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return h;
  }

  // One term, or where it would be too long some more, which begin with a name of no letters.
  private static List<BytesRef> together(String agency, List<byte[]> names) {
    var terms = new ArrayList<BytesRef>();
    var bytes = new ByteArrayOutputStream();
    byte[] prefix = Layout.prefix(Layout.SHAPE, agency);
    bytes.writeBytes(prefix);
    for (byte[] name : names) {
      if (bytes.size() + name.length > LONGEST) {
        terms.add(new BytesRef(bytes.toByteArray()));
        bytes.reset();
        bytes.writeBytes(prefix);
        bytes.write(0);
      }
      bytes.writeBytes(name);
    }
    terms.add(new BytesRef(bytes.toByteArray()));
    return terms;
  }

  private static List<BytesRef> apart(String agency, List<byte[]> names) {
    var terms = new ArrayList<BytesRef>();
    byte[] prefix = Layout.prefix(Layout.SHAPE, agency);
    for (byte[] name : names) {
      var bytes = new ByteArrayOutputStream();
      bytes.writeBytes(prefix);
      if (!terms.isEmpty()) {
        bytes.write(0);
      }
      bytes.writeBytes(name);
      terms.add(new BytesRef(bytes.toByteArray()));
    }
    return terms;
  }
}
