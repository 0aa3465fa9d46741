/** A platform image of Azure, pinned to a version. */
export interface HostImage {
  /** Publisher of the image, such as `Canonical`. */
  readonly publisher: string;
  /** Product of the publisher, such as `ubuntu-24_04-lts`. */
  readonly offer: string;
  /** Variant of the product, such as `server`. */
  readonly sku: string;
  /** A version, never `latest`: that would replace the machine whenever an image comes out. */
  readonly version: string;
}

/**
 * Ubuntu 24.04 LTS, generation 2 with trusted launch. Canonical keeps the newest 90 versions of an image, about two
 * years (https://canonical-azure.readthedocs-hosted.com, image retention policy). Version seen in public use with
 * Secure Boot and vTPM; read 2026-11-24.
 */
export const ubuntuImages: Readonly<Record<'amd64' | 'arm64', HostImage>> = {
  amd64: {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server',
    version: '24.04.202609040',
  },
  arm64: {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server-arm64',
    version: '24.04.202607140',
  },
};
