package mo.farol.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The front door before anybody is let in; mutual TLS as a whole is tested in {@code identity}. */
@ExtendWith(Leaks.class)
class TlsFrontTest {
  private static final HexFormat HEX = HexFormat.of();

  /** A hello of TLS 1.1: version 03 02 in the record and in the message, no extensions. */
  private static final byte[] HELLO_1_1 =
      HEX.parseHex("16030200310100002d0302" + "5a".repeat(32) + "000006c013002f0035" + "0100");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TlsFront front = new TlsFront(new Nobody(), new Counts(metrics), Runnable::run);
  private final List<String> letIn = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void plain_text_on_a_tls_port_is_turned_away() {
    front.secured(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    channel.writeInbound(Unpooled.copiedBuffer("<14>hello\n", US_ASCII));
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("tls")).isEqualTo(1);
    assertThat(letIn).isEmpty();
  }

  @Test
  void tls_1_1_is_turned_away_with_an_alert() {
    front.secured(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    channel.writeInbound(Unpooled.copiedBuffer(HELLO_1_1));
    channel.runPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("tls")).isEqualTo(1);
    ByteBuf alert = channel.readOutbound();
    // A record of kind alert, fatal, protocol_version: RFC 8446 section 6.
    assertThat(alert.getByte(0)).isEqualTo((byte) 21);
    assertThat(alert.getByte(5)).isEqualTo((byte) 2);
    assertThat(alert.getByte(6)).isEqualTo((byte) 70);
    alert.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 53})
  void a_handshake_that_stalls_is_given_five_seconds(int bytes) {
    channel.freezeTime();
    front.secured(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    channel.writeInbound(Unpooled.copiedBuffer(HELLO_1_1, 0, bytes));
    pass(4);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("tls")).isEqualTo(1);
  }

  @Test
  void a_client_that_says_nothing_is_turned_away_from_a_port_that_takes_both() {
    channel.freezeTime();
    front.either(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    pass(4);
    assertThat(channel.isOpen()).isTrue();
    pass(2);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("slow")).isEqualTo(1);
  }

  @Test
  void a_client_that_says_nothing_is_plain_where_senders_connect_early() {
    channel.freezeTime();
    front.eitherInTime(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    pass(6);
    channel.writeInbound(Unpooled.copiedBuffer("{}", US_ASCII));
    assertThat(letIn).containsExactly("agency-a", "{}");
  }

  @Test
  void the_first_byte_is_handed_on_with_those_behind_it() {
    channel.freezeTime();
    front.either(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    channel.writeInbound(Unpooled.copiedBuffer("1 open", US_ASCII));
    pass(60);
    channel.writeInbound(Unpooled.copiedBuffer(" 0\n", US_ASCII));
    assertThat(letIn).containsExactly("agency-a", "1 open", " 0\n");
    assertThat(refused("slow")).isZero();
  }

  @Test
  void tls_on_a_port_that_takes_both_stalls_no_longer_than_elsewhere() {
    channel.freezeTime();
    front.either(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    channel.writeInbound(Unpooled.copiedBuffer(HELLO_1_1, 0, 20));
    pass(6);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused("tls")).isEqualTo(1);
    assertThat(letIn).isEmpty();
  }

  @Test
  void who_only_knocks_does_not_keep_others_out() {
    var knocking = new ArrayList<EmbeddedChannel>();
    for (int i = 0; i < 501; i++) {
      var one = new EmbeddedChannel();
      front.either(one, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
      knocking.add(one);
    }
    assertThat(refused("newcomers")).isEqualTo(1);
    assertThat(knocking.getLast().isOpen()).isFalse();
    knocking.getFirst().writeInbound(Unpooled.copiedBuffer("1", US_ASCII));
    front.either(channel, TlsFront.Clients.REQUIRED, "agency-a", this::initialize);
    assertThat(channel.isOpen()).isTrue();
    knocking.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  private void initialize(io.netty.channel.Channel into, String agency) {
    letIn.add(agency);
    into.pipeline()
        .addLast(
            new SimpleChannelInboundHandler<ByteBuf>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
                letIn.add(message.toString(US_ASCII));
              }
            });
  }

  private double refused(String reason) {
    return metrics.counter("farol_intake_refused_total", "reason", reason).count();
  }

  /** Has no certificate and knows nobody's. */
  private static final class Nobody implements IntakeTls {
    private final SSLContext context;

    Nobody() {
      try {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
      } catch (java.io.IOException | java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public SSLContext context() {
      return context;
    }

    @Override
    public Optional<String> agencyOf(X509Certificate client) {
      return Optional.empty();
    }
  }
}
