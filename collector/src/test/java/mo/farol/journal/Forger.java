package mo.farol.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
      var blocks = blocks(journal, file);
      if (blocks.stream().anyMatch(block -> holds(block, sequence))) {
        var left = new ArrayList<EventLog.Block>();
        for (var block : blocks) {
          left.addAll(holds(block, sequence) ? remains.of(block) : List.of(block));
        }
        byte[] header = Arrays.copyOf(Files.readAllBytes(file), SegmentHeader.LENGTH);
        long tag = segment(journal, file).tag();
        Files.write(
            file, isPacked(journal, file) ? grouped(header, left, tag) : single(header, left, tag));
        return;
      }
    }
    throw new IllegalArgumentException("no block holds " + sequence);
  }

  private static boolean holds(EventLog.Block block, long sequence) {
    return block.firstSequence() <= sequence && sequence < block.nextSequence();
  }

  /** Every segment's file, in order. */
  public static List<Path> segments(Path journal) throws IOException {
    try (var files = Files.list(journal)) {
      return files.filter(f -> Segment.isName(f.getFileName().toString())).sorted().toList();
    }
  }

  private static Segment segment(Path journal, Path file) throws IOException {
    var disk = FolderDisk.reading(journal);
    long length = Files.size(file);
    var header = new Headers(disk).of(file.getFileName().toString(), length);
    return new Segment(disk, Objects.requireNonNull(header), length);
  }

  private static boolean isPacked(Path journal, Path file) throws IOException {
    return segment(journal, file).isPacked();
  }

  private static List<EventLog.Block> blocks(Path journal, Path file) throws IOException {
    var segment = segment(journal, file);
    var blocks = new ArrayList<EventLog.Block>();
    try (var walk = segment.walk(SegmentHeader.LENGTH, Walk.MANY)) {
      for (var block = walk.nextBlock(segment.end(), 0);
          block != null;
          block = walk.nextBlock(segment.end(), 0)) {
        blocks.add(block);
      }
    }
    return blocks;
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

  private static byte[] grouped(byte[] header, List<EventLog.Block> blocks, long tag) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header);
    try (var group = new Group(Group.LEVEL)) {
      for (var block : blocks) {
        if (group.isFullWith(block)) {
          put(group.take(tag, out.size()), out);
        }
        group.add(block);
      }
      if (!group.isEmpty()) {
        put(group.take(tag, out.size()), out);
      }
    }
    return out.toByteArray();
  }

  private static void put(ByteBuffer bytes, ByteArrayOutputStream out) {
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }

  private static byte[] single(byte[] header, List<EventLog.Block> blocks, long tag) {
    try (var codec = new BlockCodec()) {
      var out =
          ByteBuffer.allocate(
              header.length
                  + blocks.stream().mapToInt(b -> (int) BlockCodec.roomFor(b.frames())).sum());
      out.put(header);
      for (var block : blocks) {
        codec.encode(block.frames(), block.firstSequence(), block.salt(), tag, out);
      }
      return Arrays.copyOf(out.array(), out.position());
    }
  }
}
