package mo.farol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of TCP inputs: TLS 1.2 or 1.3 from the first byte, the client's certificate
 * decides the agency. A port may take both, for a TLS record begins as no input's own protocol
 * does. Nothing of an input stands in the pipeline before the handshake is over.
 */
public final class TlsFront implements AutoCloseable {
  /** Whether a TLS client must show a certificate. */
  public enum Clients {
    REQUIRED,
    OPTIONAL
  }

  private static final Logger log = LoggerFactory.getLogger(TlsFront.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int HANDSHAKE_RECORD = 22;
  private static final long HANDSHAKE_SECONDS = 5;
  private static final int CAUSES = 5;
  private static final int MOST_NEWCOMERS = 2_000;
  private static final int MOST_NEWCOMERS_OF_ONE = 500;

  static {
    // Read once, at the first handshake of the process: the launcher sets it too. A client that
    // asks for handshake after handshake would cost us a signature each.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private final IntakeTls tls;
  private final Counts counts;
  private final Newcomers newcomers = new Newcomers(MOST_NEWCOMERS, MOST_NEWCOMERS_OF_ONE);
  private final Certified certified;
  private final Executor cryptography;

  public TlsFront(IntakeTls tls, Counts counts) {
    this(tls, counts, new Handshakes(MOST_NEWCOMERS));
  }

  TlsFront(IntakeTls tls, Counts counts, Executor cryptography) {
    this.tls = tls;
    this.counts = counts;
    this.certified = new Certified(tls, counts);
    this.cryptography = cryptography;
  }

  /** No handshake that is not over ends any more. */
  @Override
  public void close() {
    if (cryptography instanceof Handshakes ours) {
      ours.close();
    }
  }

  /**
   * TLS only.
   *
   * @param otherwise agency of a client without a certificate, where it needs none
   */
  public void secured(
      Channel channel, Clients clients, String otherwise, PipelineInitializer then) {
    if (enters(channel)) {
      secure(channel, clients, otherwise, then);
    }
  }

  /**
   * TLS or not, as the first byte says; who does not use it has the agency {@code otherwise}. Who
   * says nothing for as long as a handshake may take is turned away.
   */
  public void either(Channel channel, Clients clients, String otherwise, PipelineInitializer then) {
    if (enters(channel)) {
      channel.pipeline().addLast(new FirstByte(clients, otherwise, then, false));
    }
  }

  /**
   * The same where senders connect long before they speak and have no answer to go by: one that
   * says nothing is let in as plain, for a TLS client speaks at once.
   */
  public void eitherInTime(
      Channel channel, Clients clients, String otherwise, PipelineInitializer then) {
    if (enters(channel)) {
      channel.pipeline().addLast(new FirstByte(clients, otherwise, then, true));
    }
  }

  private boolean enters(Channel channel) {
    boolean enters = newcomers.enter(channel);
    if (!enters) {
      counts.refused("newcomers", 1);
      channel.close();
    }
    return enters;
  }

  private void secure(
      Channel channel, Clients clients, String otherwise, PipelineInitializer then) {
    channel
        .pipeline()
        .addLast(new HandshakeGuard())
        .addLast(handler(clients))
        .addLast(new Handshake(otherwise, then));
  }

  private void letIn(Channel channel, String agency, PipelineInitializer then) {
    newcomers.leave(channel);
    then.initialize(channel, agency);
  }

  private ChannelHandler handler(Clients clients) {
    var handler = new SslHandler(engine(clients), false, cryptography);
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return handler;
  }

  private SSLEngine engine(Clients clients) {
    var engine = tls.context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    if (clients == Clients.REQUIRED) {
      engine.setNeedClientAuth(true);
    } else {
      engine.setWantClientAuth(true);
    }
    return engine;
  }

  private void refuse(ChannelHandlerContext context, String reason, String why) {
    counts.refused(reason, 1);
    // Anybody can knock: at a level of its own, lest it fill the log.
    log.debug(
        "a TLS client at {} was turned away: {}", Peer.of(context.channel().remoteAddress()), why);
    context.close();
  }

  // Waits for one byte, no longer than a handshake may take.
  private final class FirstByte extends ByteToMessageDecoder {
    private final Clients clients;
    private final String otherwise;
    private final PipelineInitializer then;
    private final boolean silentIsPlain;
    private @Nullable ScheduledFuture<?> patience;

    FirstByte(Clients clients, String otherwise, PipelineInitializer then, boolean silentIsPlain) {
      this.silentIsPlain = silentIsPlain;
      this.clients = clients;
      this.otherwise = otherwise;
      this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      patience =
          context.executor().schedule(() -> silent(context), HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    }

    private void silent(ChannelHandlerContext context) {
      if (silentIsPlain) {
        letIn(context.channel(), otherwise, then);
        context.pipeline().remove(this);
      } else {
        refuse(context, "slow", "it said nothing");
      }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      boolean isTls = in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD;
      if (isTls) {
        secure(context.channel(), clients, otherwise, then);
      } else {
        letIn(context.channel(), otherwise, then);
      }
      context.pipeline().remove(this); // hands on what it holds
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
      if (patience != null) {
        patience.cancel(false);
      }
    }
  }

  // Stays behind the TLS handler, for what it says later too.
  private final class Handshake extends ChannelInboundHandlerAdapter {
    private final String otherwise;
    private final PipelineInitializer then;
    private boolean isOver;

    Handshake(String otherwise, PipelineInitializer then) {
      this.otherwise = otherwise;
      this.then = then;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && !isOver) {
        over(context, done);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (isOver && cause.getCause() instanceof SSLException broken) {
        boolean again = String.valueOf(broken.getMessage()).contains("renegotiation");
        refuse(context, again ? "renegotiation" : "tls", String.valueOf(broken.getMessage()));
      } else if (isOver) {
        context.fireExceptionCaught(cause);
      } else {
        context.close(); // told by the event of the handshake
      }
    }

    private void over(ChannelHandlerContext context, SslHandshakeCompletionEvent done) {
      if (!done.isSuccess()) {
        boolean isUnknown = isUnknown(done.cause());
        refuse(
            context, isUnknown ? "certificate" : "tls", String.valueOf(done.cause().getMessage()));
        return;
      }
      var certificate = certificate(context.pipeline().get(SslHandler.class).engine());
      var agency =
          certificate.isPresent() ? tls.agencyOf(certificate.get()) : Optional.of(otherwise);
      if (agency.isEmpty()) {
        refuse(context, "certificate", "its certificate is no agency's");
        return;
      }
      isOver = true;
      letIn(context.channel(), agency.get(), then);
      context.pipeline().remove(HandshakeGuard.class);
      certificate.ifPresent(shown -> certified.hold(context.channel(), shown, agency.get()));
    }

    private static boolean isUnknown(Throwable cause) {
      return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
          .limit(CAUSES)
          .anyMatch(UnknownClient.class::isInstance);
    }

    private static Optional<X509Certificate> certificate(SSLEngine engine) {
      try {
        Certificate[] chain = engine.getSession().getPeerCertificates();
        return chain.length > 0 && chain[0] instanceof X509Certificate first
            ? Optional.of(first)
            : Optional.empty();
      } catch (SSLPeerUnverifiedException none) {
        return Optional.empty();
      }
    }
  }
}
