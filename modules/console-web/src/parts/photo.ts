/** Pictures that a terminal shall take, as they are typed. */
export interface PhotoWish {
  channel: number | null
  pictures: number | null
  size: 'small' | 'medium' | 'large'
}

export const newPhoto = (): PhotoWish => ({ channel: 1, pictures: 1, size: 'medium' })

/** As the API takes it; null while a number is missing. */
export const photoOf = (wish: PhotoWish) =>
  wish.channel && wish.pictures ? { channel: wish.channel, pictures: wish.pictures, size: wish.size } : null
