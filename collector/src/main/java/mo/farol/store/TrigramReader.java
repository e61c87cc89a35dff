package mo.farol.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** The guides of one segment, over a mapped file. Any thread. */
final class TrigramReader implements Closeable {
  /** What stands between the directory and the footer: its checksum and where it begins. */
  private static final int TAIL = 2 * Long.BYTES;

  private final IndexInput in;
  private final int version;
  private final Map<String, Map<BytesRef, TrigramGuide>> guides = new HashMap<>();

  TrigramReader(SegmentReadState state) throws IOException {
    String name =
        IndexFileNames.segmentFileName(
            state.segmentInfo.name, state.segmentSuffix, Trigrams.EXTENSION);
    in = state.directory.openInput(name, state.context);
    try {
      version =
          CodecUtil.checkIndexHeader(
              in,
              Trigrams.CODEC,
              Trigrams.FIRST_VERSION,
              Trigrams.VERSION,
              state.segmentInfo.getId(),
              state.segmentSuffix);
      long least = in.getFilePointer();
      CodecUtil.retrieveChecksum(in);
      read(new ByteArrayDataInput(directory(least)));
    } catch (IOException | RuntimeException | Error e) {
      IOUtils.closeWhileHandlingException(in);
      throw e;
    }
  }

  private byte[] directory(long least) throws IOException {
    long end = in.length() - CodecUtil.footerLength() - TAIL;
    if (end < least) {
      throw new CorruptIndexException("too short", in);
    }
    in.seek(end);
    long sum = in.readLong();
    long start = in.readLong();
    if (start < least || start > end) {
      throw new CorruptIndexException("no directory at " + start, in);
    }
    byte[] bytes = new byte[Math.toIntExact(end - start)];
    in.seek(start);
    in.readBytes(bytes, 0, bytes.length);
    var found = new CRC32();
    found.update(bytes);
    if (found.getValue() != sum) {
      throw new CorruptIndexException("the directory's checksum is another", in);
    }
    return bytes;
  }

  private void read(ByteArrayDataInput directory) throws IOException {
    while (!directory.eof()) {
      String field = directory.readString();
      byte[] prefix = new byte[directory.readVInt()];
      directory.readBytes(prefix, 0, prefix.length);
      int runs = Math.toIntExact(directory.readVLong());
      int longest = version > Trigrams.FIRST_VERSION ? directory.readVInt() : Integer.MAX_VALUE;
      int blocks = runs + Trigrams.RUNS - 1 >> Trigrams.RUN_BITS;
      var places = new TrigramBlock.Place[blocks];
      for (int i = 0; i < blocks; i++) {
        places[i] =
            new TrigramBlock.Place(
                directory.readVLong(), directory.readVInt(), directory.readVLong());
      }
      var start = new BytesRef(prefix);
      guides
          .computeIfAbsent(field, _ -> new HashMap<>())
          .put(start, new TrigramGuide(in, start, runs, longest, places));
    }
  }

  /** The guide to the terms of a field of Lucene's that begin so; null where there is none. */
  @Nullable TrigramGuide guide(String field, BytesRef prefix) {
    return guides.getOrDefault(field, Map.of()).get(prefix);
  }

  void checkIntegrity() throws IOException {
    CodecUtil.checksumEntireFile(in);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
