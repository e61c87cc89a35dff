package mo.farol.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
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
    replace(journal, sequence, block -> List.of(forged(block, change)));
  }

  /** Takes the whole block that holds a sequence out. */
  public static void drop(Path journal, long sequence) throws IOException {
    replace(journal, sequence, block -> List.of());
  }

  /** Puts the block that holds a sequence in twice. */
  public static void repeat(Path journal, long sequence) throws IOException {
    replace(journal, sequence, block -> List.of(block, block));
  }

  private static void replace(Path journal, long sequence, Remains remains) throws IOException {
    for (Path file : segments(journal)) {
      byte[] bytes = Files.readAllBytes(file);
      for (var place : places(journal, file)) {
        if (place.firstSequence() <= sequence && sequence < place.nextSequence()) {
          Files.write(file, spliced(bytes, place, forged(bytes, place, sequence, remains)));
          return;
        }
      }
    }
    throw new IllegalArgumentException("no block holds " + sequence);
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

  private static byte[] forged(byte[] bytes, Walk.Place place, long sequence, Remains remains) {
    int start = (int) place.offset();
    int payload = start + BlockCodec.PREFIX;
    var left = new ArrayList<EventLog.Block>();
    for (var block : BlockReader.read(bytes, payload, place.payload(), 0)) {
      boolean isIt = block.firstSequence() <= sequence && sequence < block.nextSequence();
      left.addAll(isIt ? remains.of(block) : List.of(block));
    }
    long tag = ByteBuffer.wrap(bytes, start, 8).getLong();
    return BlockReader.isGroup(bytes, payload) ? grouped(left, tag) : single(left, tag);
  }

  private static EventLog.Block forged(EventLog.Block block, UnaryOperator<List<byte[]>> change) {
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
    return new EventLog.Block(block.firstSequence(), block.position(), batch, block.salt());
  }

  private static byte[] grouped(List<EventLog.Block> blocks, long tag) {
    if (blocks.isEmpty()) {
      return new byte[0];
    }
    try (var group = new Group(1)) {
      blocks.forEach(group::add);
      var whole = group.take(tag);
      byte[] bytes = new byte[whole.remaining()];
      whole.get(bytes);
      return bytes;
    }
  }

  private static byte[] single(List<EventLog.Block> blocks, long tag) {
    try (var codec = new BlockCodec()) {
      var out =
          ByteBuffer.allocate(
              blocks.stream().mapToInt(b -> (int) BlockCodec.roomFor(b.frames())).sum());
      for (var block : blocks) {
        codec.encode(block.frames(), block.firstSequence(), block.salt(), tag, out);
      }
      return Arrays.copyOf(out.array(), out.position());
    }
  }

  private static byte[] spliced(byte[] bytes, Walk.Place place, byte[] forged) {
    var out = ByteBuffer.allocate(bytes.length + forged.length);
    out.put(bytes, 0, (int) place.offset()).put(forged);
    out.put(bytes, (int) place.end(), bytes.length - (int) place.end());
    return Arrays.copyOf(out.array(), out.position());
  }
}
