package mo.farol.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Writes the trigrams of a segment's terms, which it is shown in order. Blocks come first, behind
 * them what says where they lie, with a checksum of its own, then Lucene's footer. For one thread.
 */
final class TrigramWriter implements Closeable {
  /** Fewer terms are gone through as fast as any guide to them is read. */
  private static final int FEW = 1024;

  private final IndexOutput out;
  private final ByteBuffersDataOutput directory = new ByteBuffersDataOutput();
  private final TermBuffer first = new TermBuffer();
  private final BytesRef value = new BytesRef();
  private final BytesRef kept = new BytesRef();
  private byte[] prefix = BytesRef.EMPTY_BYTES;
  private boolean isOpen;
  private boolean isPrefixed;
  private String field = "";
  private @Nullable TrigramBlock block;
  private @Nullable ByteBuffersDataOutput places;
  private long terms;
  private long runs;
  private int longest;

  TrigramWriter(SegmentWriteState state) throws IOException {
    String name =
        IndexFileNames.segmentFileName(
            state.segmentInfo.name, state.segmentSuffix, Trigrams.EXTENSION);
    out = state.directory.createOutput(name, state.context);
    try {
      CodecUtil.writeIndexHeader(
          out, Trigrams.CODEC, Trigrams.VERSION, state.segmentInfo.getId(), state.segmentSuffix);
    } catch (IOException | RuntimeException | Error e) {
      IOUtils.closeWhileHandlingException(out);
      throw e;
    }
  }

  /** The terms of a field of Lucene's begin. */
  void begin(String luceneField) throws IOException {
    end();
    field = luceneField;
    isPrefixed = luceneField.equals(Layout.TERMS);
    if (!isPrefixed) {
      open(BytesRef.EMPTY_BYTES);
    }
  }

  /** Takes the next term. */
  void add(BytesRef term) throws IOException {
    if (isPrefixed && !isHere(term)) {
      end();
      byte kind = term.bytes[term.offset];
      if (kind != Layout.VALUE && kind != Layout.WORD) {
        return;
      }
      open(prefix(term));
    }
    value.bytes = term.bytes;
    value.offset = term.offset + prefix.length;
    value.length = term.length - prefix.length;
    longest = Math.max(longest, value.length);
    if (++terms < FEW) {
      first.add(value);
      return;
    }
    if (terms == FEW) {
      for (int i = 0; i < first.count(); i++) {
        first.get(i, kept);
        mark(kept);
      }
    }
    mark(value);
  }

  private boolean isHere(BytesRef term) {
    return isOpen
        && term.length >= prefix.length
        && Arrays.equals(
            prefix, 0, prefix.length, term.bytes, term.offset, term.offset + prefix.length);
  }

  private static byte[] prefix(BytesRef term) {
    int end = term.offset + 1;
    while (term.bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(term.bytes, term.offset, end + 1);
  }

  private void open(byte[] start) {
    prefix = start;
    isOpen = true;
    terms = 0;
    runs = 0;
    longest = 0;
    first.clear();
  }

  private void mark(BytesRef some) throws IOException {
    var open = block;
    if (open == null) {
      open = new TrigramBlock();
      block = open;
    }
    if (open.isFull()) {
      write(open);
    }
    open.add(some);
  }

  private void write(TrigramBlock full) throws IOException {
    var open = places;
    if (open == null) {
      open = new ByteBuffersDataOutput();
      places = open;
    }
    runs += full.runs();
    var place = full.write(out);
    open.writeVLong(place.rows());
    open.writeVInt(place.height());
    open.writeVLong(place.beginnings());
  }

  private void end() throws IOException {
    var open = block;
    if (isOpen && terms >= FEW && open != null) {
      write(open);
      open.clear();
      directory.writeString(field);
      directory.writeVInt(prefix.length);
      directory.writeBytes(prefix, 0, prefix.length);
      directory.writeVLong(runs);
      directory.writeVInt(longest);
      var all = Objects.requireNonNull(places);
      all.copyTo(directory);
      all.reset();
    }
    isOpen = false;
  }

  /** All terms were shown. */
  void finish() throws IOException {
    end();
    long start = out.getFilePointer();
    byte[] bytes = directory.toArrayCopy();
    var sum = new CRC32();
    sum.update(bytes);
    out.writeBytes(bytes, 0, bytes.length);
    out.writeLong(sum.getValue());
    out.writeLong(start);
    CodecUtil.writeFooter(out);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
