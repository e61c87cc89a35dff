package mo.farol.shipper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import mo.farol.event.FrameBatch;
import mo.farol.journal.MemoryLog;
import mo.farol.wire.Counts;
import mo.farol.wire.Frames;
import mo.farol.wire.Inlets;
import mo.farol.wire.Leaks;
import mo.farol.wire.Packed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** GELF over UDP and TCP, byte by byte. */
@ExtendWith(Leaks.class)
class GelfTest {
  private static final String MESSAGE =
      "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"one\"}";
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 1234);
  private static final int LIMIT = 8192;

  private final MemoryLog log = new MemoryLog();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ShipperInputs inputs = new ShipperInputs(Inlets.over(log, metrics, LIMIT));

  @Test
  void messages_on_a_connection_end_with_nul_at_every_split_point() {
    String text = MESSAGE + "\0{\n}\n\0\0{\"short_message\":\"tail\"}";
    for (int split = 0; split <= text.length(); split++) {
      var channel = new EmbeddedChannel();
      inputs.gelf(channel, "agency-a");
      channel.writeInbound(Unpooled.copiedBuffer(text.substring(0, split), ISO_8859_1));
      channel.writeInbound(Unpooled.copiedBuffer(text.substring(split), ISO_8859_1));
      channel.finishAndReleaseAll();
      assertThat(log.texts().subList(3 * split, 3 * split + 3))
          .as("split at %d", split)
          .containsExactly(MESSAGE, "{\n}", "{\"short_message\":\"tail\"}");
    }
    assertThat(log.blocks().getFirst().frames().origin().format()).isEqualTo("gelf");
  }

  @Test
  void a_sender_may_leave_out_its_last_nul_or_end_it_with_a_line_feed() {
    for (String text : List.of("{\"a\":1}", "{\"a\":1}\0", "{\"a\":1}\0\n")) {
      sendAndEnd(text);
      assertThat(log.texts()).as(text).last().isEqualTo("{\"a\":1}");
      assertThat(log.blocks().getLast().frames().marks(0)).as(text).isZero();
    }
    assertThat(broken()).isZero();
    sendAndEnd("{\"a\":1}\0{\"a");
    assertThat(log.blocks().getLast().frames().marks(0)).isEqualTo(FrameBatch.PARTIAL);
    assertThat(broken()).isEqualTo(1);
  }

  private void sendAndEnd(String text) {
    var channel = new EmbeddedChannel();
    inputs.gelf(channel, "agency-a");
    channel.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    channel.finishAndReleaseAll();
  }

  private double broken() {
    return metrics.counter("farol_intake_broken_total", "input", "gelf.tcp").count();
  }

  @Test
  void a_message_beyond_the_limit_is_kept_to_it() {
    var channel = new EmbeddedChannel();
    inputs.gelf(channel, "agency-a");
    for (int i = 0; i < 10; i++) {
      channel.writeInbound(Unpooled.copiedBuffer("x".repeat(1000), ISO_8859_1));
    }
    channel.writeInbound(Unpooled.copiedBuffer("\0" + MESSAGE + "\0", ISO_8859_1));
    channel.finishAndReleaseAll();
    assertThat(log.texts()).containsExactly("x".repeat(LIMIT), MESSAGE);
    assertThat(log.blocks().getFirst().frames().original(0))
        .contains(Frames.original("x".repeat(10_000)));
  }

  @Test
  void a_datagram_is_plain_or_packed() throws Exception {
    send(MESSAGE.getBytes(UTF_8), Packed.gzip(MESSAGE.getBytes(UTF_8)), zlib(MESSAGE));
    assertThat(log.texts()).containsExactly(MESSAGE, MESSAGE, MESSAGE);
    assertThat(log.blocks().getFirst().frames().origin().peer()).isEqualTo("192.0.2.7");
  }

  @Test
  void one_chunk_of_one_is_a_message() throws Exception {
    send(chunk(1, 0, 1, zlib(MESSAGE)));
    assertThat(log.texts()).containsExactly(MESSAGE);
  }

  @Test
  void chunks_come_in_any_order_and_twice() {
    byte[] bytes = MESSAGE.getBytes(UTF_8);
    byte[] a = chunk(1, 0, 3, Arrays.copyOf(bytes, 10));
    byte[] b = chunk(1, 1, 3, Arrays.copyOfRange(bytes, 10, 20));
    byte[] c = chunk(1, 2, 3, Arrays.copyOfRange(bytes, 20, bytes.length));
    send(c, a, a, b);
    assertThat(log.texts()).containsExactly(MESSAGE);
    assertThat(refused("gelf-duplicate")).isEqualTo(1);
  }

  @Test
  void chunks_of_two_peers_with_one_id_are_two_messages() {
    var channel = new EmbeddedChannel(inputs.gelfUdp("agency-a"));
    var other = new InetSocketAddress("192.0.2.8", 1234);
    byte[] bytes = MESSAGE.getBytes(UTF_8);
    channel.writeInbound(packet(PEER, chunk(1, 0, 2, Arrays.copyOf(bytes, 9))));
    channel.writeInbound(packet(other, chunk(1, 1, 2, Arrays.copyOfRange(bytes, 9, 20))));
    assertThat(log.texts()).isEmpty();
    channel.writeInbound(packet(PEER, chunk(1, 1, 2, Arrays.copyOfRange(bytes, 9, bytes.length))));
    assertThat(log.texts()).containsExactly(MESSAGE);
    channel.finishAndReleaseAll();
  }

  @Test
  void more_than_128_chunks_or_none_are_refused() {
    send(
        chunk(1, 0, 129, new byte[10]), chunk(2, 0, 0, new byte[10]), chunk(3, 5, 5, new byte[10]));
    send(new byte[] {0x1e, 0x0f, 1, 2}); // no header
    send(chunk(4, 0, 2, new byte[10]), chunk(4, 1, 3, new byte[10])); // two counts
    assertThat(refused("gelf-chunk")).isEqualTo(5);
    assertThat(log.texts()).isEmpty();
  }

  @Test
  void what_is_not_whole_within_five_seconds_is_forgotten_and_counted() throws Exception {
    var chunks = new Chunks(new Counts(metrics));
    var peer = InetAddress.getByName("192.0.2.7");
    byte[] first = chunk(1, 0, 2, new byte[100]);
    byte[] second = chunk(1, 1, 2, new byte[100]);
    assertThat(chunks.add(peer, first, first.length, 0)).isNull();
    chunks.expire(TimeUnit.SECONDS.toNanos(5));
    assertThat(chunks.heldBytes()).isPositive();
    chunks.expire(TimeUnit.SECONDS.toNanos(5) + 1);
    assertThat(chunks.heldBytes()).isZero();
    assertThat(chunks.add(peer, second, second.length, TimeUnit.SECONDS.toNanos(6))).isNull();
    assertThat(refused("gelf-expired")).isEqualTo(1);
  }

  @Test
  void a_peer_and_all_peers_together_are_bounded() throws Exception {
    var chunks = new Chunks(new Counts(metrics));
    byte[] part = new byte[60_000];
    for (int peer = 0; peer < 20; peer++) {
      var address = InetAddress.getByName("192.0.2." + peer);
      for (int id = 0; id < 200; id++) {
        byte[] datagram = chunk(id, 0, 128, part);
        assertThat(chunks.add(address, datagram, datagram.length, 0)).isNull();
      }
      assertThat(chunks.heldBytes()).isLessThanOrEqualTo(Math.min(peer + 1, 8) * (8L << 20));
    }
    assertThat(refused("gelf-memory")).isGreaterThan(20 * 60);
    chunks.expire(TimeUnit.MINUTES.toNanos(1));
    assertThat(chunks.heldBytes()).isZero();
  }

  @Test
  void a_bomb_unpacks_to_one_cut_frame() throws Exception {
    send(Packed.gzip(new byte[40 << 20]), zlib("x".repeat(10 << 20)));
    assertThat(log.texts()).hasSize(1).first().asString().hasSize(LIMIT); // zeros are no text
    assertThat(log.blocks().getFirst().frames().marks(0)).isEqualTo(FrameBatch.TRUNCATED);
    assertThat(refused("gelf-unpacked")).isEqualTo(2);
  }

  @Test
  void what_a_long_message_was_is_noted_packed_or_plain() throws Exception {
    String text = "x".repeat(LIMIT) + "y".repeat(1000);
    send(text.getBytes(UTF_8), Packed.gzip(text.getBytes(UTF_8)), zlib(text));
    assertThat(log.texts()).hasSize(3).containsOnly("x".repeat(LIMIT));
    assertThat(log.blocks())
        .allSatisfy(b -> assertThat(b.frames().original(0)).contains(Frames.original(text)));
  }

  @Test
  void what_does_not_unpack_moves_a_counter() {
    send(new byte[] {0x1f, (byte) 0x8b, 1, 2, 3}, new byte[] {0x78, (byte) 0x9c, 1, 2, 3});
    assertThat(refused("gelf-packed")).isEqualTo(2);
  }

  @Test
  void random_chunks_give_memory_back() throws Exception {
    long seed = Long.getLong("farol.seed", System.nanoTime());
    System.out.println("GelfTest seed=" + seed);
    var random = new Random(seed);
    var chunks = new Chunks(new Counts(metrics));
    for (int i = 0; i < 50_000; i++) {
      byte[] datagram = new byte[random.nextInt(40)];
      random.nextBytes(datagram);
      if (datagram.length > 12) {
        Arrays.fill(datagram, 2, 9, (byte) 0);
        datagram[9] = (byte) random.nextInt(20);
        datagram[10] = (byte) random.nextInt(5);
        datagram[11] = (byte) random.nextInt(5);
      }
      var peer = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) random.nextInt(10)});
      chunks.add(peer, datagram, datagram.length, TimeUnit.MILLISECONDS.toNanos(i));
      assertThat(chunks.heldBytes()).isNotNegative();
    }
    chunks.expire(Long.MAX_VALUE / 2);
    assertThat(chunks.heldBytes()).isZero();
  }

  private void send(byte[]... datagrams) {
    var channel = new EmbeddedChannel(inputs.gelfUdp("agency-a"));
    for (byte[] datagram : datagrams) {
      channel.writeInbound(packet(PEER, datagram));
    }
    channel.finishAndReleaseAll();
  }

  private static DatagramPacket packet(InetSocketAddress from, byte[] bytes) {
    return new DatagramPacket(Unpooled.copiedBuffer(bytes), new InetSocketAddress(12201), from);
  }

  private static byte[] chunk(long id, int index, int count, byte[] part) {
    return ByteBuffer.allocate(12 + part.length)
        .putShort((short) 0x1e0f)
        .putLong(id)
        .put((byte) index)
        .put((byte) count)
        .put(part)
        .array();
  }

  private static byte[] zlib(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packing = new DeflaterOutputStream(out)) {
      packing.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }
}
