package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import mo.farol.event.FrameBatch;

/**
 * Somebody with the disk in hands and the source code beside: changes the frames of a segment and
 * makes lengths and checksums right again.
 */
public final class Forger {
  private Forger() {}

  /** Changes the frames of the block that holds a sequence. */
  public static void forge(Path journal, long sequence, UnaryOperator<List<byte[]>> change)
      throws IOException {
    for (Path file : segments(journal)) {
      byte[] bytes = Files.readAllBytes(file);
      for (var place : places(journal, file)) {
        if (place.firstSequence() <= sequence && sequence < place.nextSequence()) {
          Files.write(file, spliced(bytes, place, forged(bytes, place, change)));
          return;
        }
      }
    }
    throw new IllegalArgumentException("no block holds " + sequence);
  }

  /** Takes the whole block that holds a sequence out. */
  public static void drop(Path journal, long sequence) throws IOException {
    for (Path file : segments(journal)) {
      for (var place : places(journal, file)) {
        if (place.firstSequence() <= sequence && sequence < place.nextSequence()) {
          Files.write(file, spliced(Files.readAllBytes(file), place, new byte[0]));
          return;
        }
      }
    }
  }

  /** Every segment's file, in order. */
  public static List<Path> segments(Path journal) throws IOException {
    try (var files = Files.list(journal)) {
      return files.filter(f -> Segment.isName(f.getFileName().toString())).sorted().toList();
    }
  }

  private static List<Walk.Place> places(Path journal, Path file) throws IOException {
    var disk = FolderDisk.reading(journal);
    long length = Files.size(file);
    String name = file.getFileName().toString();
    var header = new Headers(disk).of(name, length);
    var places = new ArrayList<Walk.Place>();
    if (header != null) {
      try (var walk = new Segment(disk, header, length).walk(SegmentHeader.LENGTH, Walk.MANY)) {
        for (var place = walk.next(length); place != null; place = walk.next(length)) {
          places.add(place);
        }
      }
    }
    return places;
  }

  private static byte[] forged(byte[] bytes, Walk.Place place, UnaryOperator<List<byte[]>> change) {
    int start = (int) place.offset();
    var block = BlockReader.read(bytes, start + BlockCodec.PREFIX, place.payload(), 0);
    var frames = new ArrayList<byte[]>();
    for (int i = 0; i < block.frames().count(); i++) {
      var frame = block.frames().frame(i, 0).bytes();
      byte[] copy = new byte[frame.remaining()];
      frame.get(copy);
      frames.add(copy);
    }
    var builder = new FrameBatch.Builder();
    for (byte[] frame : change.apply(frames)) {
      builder.add(frame, 0, frame.length, (byte) 0);
    }
    var batch = builder.build(block.frames().origin(), block.frames().receivedAtMicros());
    return encoded(batch, block, ByteBuffer.wrap(bytes, start, 8).getLong());
  }

  private static byte[] encoded(FrameBatch batch, EventLog.Block block, long tag) {
    try (var codec = new BlockCodec()) {
      var out = ByteBuffer.allocate((int) BlockCodec.roomFor(batch));
      codec.encode(batch, block.firstSequence(), tag, out);
      int length = out.position();
      int salt = BlockCodec.PREFIX + BlockCodec.FIXED;
      out.putLong(salt, block.salt().high()).putLong(salt + 8, block.salt().low());
      var crc = new CRC32C();
      crc.update(out.slice(0, 12));
      crc.update(out.slice(BlockCodec.PREFIX, length - BlockCodec.PREFIX));
      out.putInt(12, (int) crc.getValue());
      return Arrays.copyOf(out.array(), length);
    }
  }

  private static byte[] spliced(byte[] bytes, Walk.Place place, byte[] forged) {
    var out = ByteBuffer.allocate(bytes.length + forged.length);
    out.put(bytes, 0, (int) place.offset()).put(forged);
    out.put(bytes, (int) place.end(), bytes.length - (int) place.end());
    return Arrays.copyOf(out.array(), out.position());
  }
}
