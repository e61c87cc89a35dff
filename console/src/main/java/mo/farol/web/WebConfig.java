package mo.farol.web;

import java.nio.file.Path;

/**
 * Where the console listens.
 *
 * @param bind address
 * @param port 0 for any free one
 * @param tls https with a certificate of our own; false only behind a proxy on the same machine
 * @param keys folder of certificate and key
 */
public record WebConfig(String bind, int port, boolean tls, Path keys) {}
