package io.haulwatch.app.journeys;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;

/** The pixels of a screenshot. */
final class Picture {
    private static final int VISIBLE_STEP = 24;
    private final BufferedImage pixels;

    private Picture(BufferedImage pixels) {
        this.pixels = pixels;
    }

    static Picture of(byte[] png) {
        try {
            return new Picture(ImageIO.read(new ByteArrayInputStream(png)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The middle ninth. */
    Picture middle() {
        int width = pixels.getWidth() / 3;
        int height = pixels.getHeight() / 3;
        return new Picture(pixels.getSubimage(width, height, width, height));
    }

    /** How many different colours it has; a blank picture has one. */
    int colours() {
        Set<Integer> seen = new HashSet<>();
        for (int y = 0; y < pixels.getHeight(); y++) {
            for (int x = 0; x < pixels.getWidth(); x++) {
                seen.add(pixels.getRGB(x, y));
            }
        }
        return seen.size();
    }

    /** How many pixels an eye would call different. */
    int differences(Picture other) {
        int width = Math.min(pixels.getWidth(), other.pixels.getWidth());
        int height = Math.min(pixels.getHeight(), other.pixels.getHeight());
        int different = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (distance(pixels.getRGB(x, y), other.pixels.getRGB(x, y)) > VISIBLE_STEP) {
                    different++;
                }
            }
        }
        return different;
    }

    private static int distance(int a, int b) {
        int red = Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff));
        int green = Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff));
        int blue = Math.abs((a & 0xff) - (b & 0xff));
        return Math.max(red, Math.max(green, blue));
    }
}
