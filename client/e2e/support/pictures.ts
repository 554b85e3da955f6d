import type { BrowserContext } from "playwright-core";

/** PNG pictures as WebP, by a page of no site: a fifth of the size, and no tool needed. */
export async function webp(context: BrowserContext, png: Buffer, quality = 0.85): Promise<Buffer> {
  const blank = await context.newPage();
  const encoded = await blank.evaluate(
    async ([data, asked]) => {
      const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", asked).split(",")[1] ?? "";
    },
    [png.toString("base64"), quality] as const,
  );
  await blank.close();
  return Buffer.from(encoded, "base64");
}
