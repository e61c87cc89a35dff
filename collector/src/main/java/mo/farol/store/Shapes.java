package mo.farol.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Which fields an event has, as one term: events of one kind share it, so {@code field:*} and the
 * list of an agency's field names cost one posting an event instead of one a field. A small cache,
 * direct-mapped, spares making the term again. Belongs to the writer's thread.
 */
final class Shapes {
  private static final int SLOTS = 4096;
  private static final int LONGEST = 16_384;

  private static final class Shape {
    final String agency;
    final int[] fields;
    final BytesRef term;

    Shape(String agency, int[] fields, BytesRef term) {
      this.agency = agency;
      this.fields = fields;
      this.term = term;
    }
  }

  private final @Nullable Shape[] cache = new @Nullable Shape[SLOTS];
  private int[] fields = new int[64];

  /** The shape of event {@code i}. */
  BytesRef term(EventBatch batch, int i) {
    int count = collect(batch, i);
    String agency = batch.origin().agency();
    int slot = slot(agency, count);
    var known = cache[slot];
    if (known != null
        && known.agency.equals(agency)
        && Arrays.equals(known.fields, 0, known.fields.length, fields, 0, count)) {
      return known.term;
    }
    var made = new Shape(agency, Arrays.copyOf(fields, count), make(agency, count));
    cache[slot] = made;
    return made.term;
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

  private BytesRef make(String agency, int count) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Layout.prefix(Layout.SHAPE, agency));
    Arrays.stream(fields, 0, count)
        .distinct()
        .mapToObj(Fields::name)
        .map(name -> (name + '\0').getBytes(StandardCharsets.UTF_8))
        .filter(name -> bytes.size() + name.length <= LONGEST)
        .forEach(bytes::writeBytes);
    return new BytesRef(bytes.toByteArray());
  }
}
