package mo.farol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front door of TCP inputs: TLS 1.2 or 1.3 from the first byte, the client's certificate
 * decides the agency. A port may take both, for a TLS record begins as no input's own protocol
 * does. Nothing of an input stands in the pipeline before the handshake is over.
 */
public final class TlsFront {
  /** Whether a TLS client must show a certificate. */
  public enum Clients {
    REQUIRED,
    OPTIONAL
  }

  private static final Logger log = LoggerFactory.getLogger(TlsFront.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int HANDSHAKE_RECORD = 22;
  private static final long HANDSHAKE_SECONDS = 5;

  private final IntakeTls tls;
  private final Counts counts;

  public TlsFront(IntakeTls tls, Counts counts) {
    this.tls = tls;
    this.counts = counts;
  }

  /**
   * TLS only.
   *
   * @param otherwise agency of a client without a certificate, where it needs none
   */
  public void secured(Channel channel, Clients clients, String otherwise, Furnish then) {
    channel.pipeline().addLast(handler(clients)).addLast(new Handshake(otherwise, then));
  }

  /** TLS or not, as the first byte says; who does not use it has the agency {@code otherwise}. */
  public void either(Channel channel, Clients clients, String otherwise, Furnish then) {
    channel.pipeline().addLast(new FirstByte(clients, otherwise, then));
  }

  private ChannelHandler handler(Clients clients) {
    var handler = new SslHandler(engine(clients));
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
    log.info(
        "a TLS client at {} was turned away: {}", Peer.of(context.channel().remoteAddress()), why);
    context.close();
  }

  // Waits for one byte, no longer than a handshake may take.
  private final class FirstByte extends ByteToMessageDecoder {
    private final Clients clients;
    private final String otherwise;
    private final Furnish then;

    FirstByte(Clients clients, String otherwise, Furnish then) {
      this.clients = clients;
      this.otherwise = otherwise;
      this.then = then;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      boolean isTls = in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD;
      if (isTls) {
        secured(context.channel(), clients, otherwise, then);
      } else {
        then.furnish(context.channel(), otherwise);
      }
      context.pipeline().remove(this); // hands on what it holds
    }
  }

  private final class Handshake extends ChannelInboundHandlerAdapter {
    private final String otherwise;
    private final Furnish then;

    Handshake(String otherwise, Furnish then) {
      this.otherwise = otherwise;
      this.then = then;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done) {
        over(context, done);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // told by the event of the handshake
    }

    private void over(ChannelHandlerContext context, SslHandshakeCompletionEvent done) {
      if (!done.isSuccess()) {
        refuse(context, "tls", String.valueOf(done.cause().getMessage()));
        return;
      }
      var certificate = certificate(context.pipeline().get(SslHandler.class).engine());
      var agency =
          certificate.isPresent() ? tls.agencyOf(certificate.get()) : Optional.of(otherwise);
      if (agency.isEmpty()) {
        refuse(context, "certificate", "its certificate is no agency's");
        return;
      }
      then.furnish(context.channel(), agency.get());
      context.pipeline().remove(this);
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
