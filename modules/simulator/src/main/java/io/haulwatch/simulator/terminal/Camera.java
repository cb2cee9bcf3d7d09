package io.haulwatch.simulator.terminal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** The camera of a simulated cab: the road ahead as a small JPEG, the same for the same truck and moment. One thread. */
final class Camera {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int HORIZON = 100;
    private static final int DASHES = 5;

    Camera() {
        ImageIO.setUseCache(false);
    }

    byte[] picture(int truck, long millis) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D on = image.createGraphics();
        on.setColor(Color.getHSBColor(0.55f, 0.35f, 0.75f));
        on.fillRect(0, 0, WIDTH, HORIZON);
        on.setColor(Color.getHSBColor(0.25f + Math.floorMod(truck, 10) / 100f, 0.4f, 0.5f));
        on.fillRect(0, HORIZON, WIDTH, HEIGHT - HORIZON);
        on.setColor(Color.DARK_GRAY);
        on.fill(new Polygon(new int[] {150, 170, 300, 20}, new int[] {HORIZON, HORIZON, HEIGHT, HEIGHT}, 4));
        on.setColor(Color.WHITE);
        double moved = Math.floorMod(millis, 1_000) / 1_000.0;
        for (int i = 0; i < DASHES; i++) {
            double near = Math.pow((i + moved) / DASHES, 2);
            int y = HORIZON + (int) (near * (HEIGHT - HORIZON));
            int half = 1 + (int) (near * 4);
            on.fillRect(WIDTH / 2 - half, y, 2 * half, 2 + (int) (near * 26));
        }
        on.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "jpg", out)) {
                throw new IllegalStateException(
                        "no writer for JPEG: formats=" + Arrays.toString(ImageIO.getWriterFormatNames()));
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not refuse", e);
        }
        return out.toByteArray();
    }
}
