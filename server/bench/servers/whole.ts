import { askOn, db } from '@/lib/db.ts'
import '../../main.ts'

/* The product as it is started, pages and all, and beside it somebody who searches once a second. */

const query = `SELECT "id" FROM "Item"
  WHERE to_tsvector('danish', "searchText") @@ plainto_tsquery('danish', $1) LIMIT 20`

setInterval(() => {
  void askOn(db())(query, ['strategien for efterretning'])
}, 1000).unref()
