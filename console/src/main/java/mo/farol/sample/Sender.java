package mo.farol.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** One agency's line to the centre. Belongs to one thread. */
sealed interface Sender extends AutoCloseable {
  /** Sends one log line. */
  void send(String line) throws IOException;

  @Override
  void close() throws IOException;

  /** Octet-counted syslog over TCP, RFC 6587 section 3.4.1. */
  record Tcp(Socket socket, OutputStream out) implements Sender {
    static Tcp to(InetSocketAddress address) throws IOException {
      var socket = new Socket(address.getAddress(), address.getPort());
      return new Tcp(socket, socket.getOutputStream());
    }

    @Override
    public void send(String line) throws IOException {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      out.write((utf8.length + " ").getBytes(StandardCharsets.US_ASCII));
      out.write(utf8);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Syslog over UDP, RFC 5426. */
  record Udp(DatagramSocket socket, InetSocketAddress to) implements Sender {
    static Udp to(InetSocketAddress address) throws IOException {
      return new Udp(new DatagramSocket(), address);
    }

    @Override
    public void send(String line) throws IOException {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(utf8, utf8.length, to));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** Lines over HTTP with the agency's token. */
  record Http(HttpClient client, URI uri, String token) implements Sender {
    static Http to(InetSocketAddress address, String token) {
      var uri =
          URI.create(
              "http://%s:%d/v1/events"
                  .formatted(address.getAddress().getHostAddress(), address.getPort()));
      return new Http(HttpClient.newHttpClient(), uri, token);
    }

    @Override
    public void send(String line) throws IOException {
      var request =
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/x-ndjson")
              .POST(HttpRequest.BodyPublishers.ofString(line))
              .build();
      try {
        client.send(request, HttpResponse.BodyHandlers.discarding());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while sending", e);
      }
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
