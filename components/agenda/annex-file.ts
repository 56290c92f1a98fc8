/** A file that can be shown beside the text. */
export type ShownAnnex = { id: string; title: string; url: string; contentType: string }

/** Can a file of this type be shown in place? Others are downloaded. */
export function isShowable(contentType: string | null): contentType is string {
  return contentType === 'application/pdf' || contentType === 'image/png' || contentType === 'image/jpeg'
}
