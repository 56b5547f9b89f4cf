/// Projects and deals, their stages, products and lines; purchases; opportunities.
let dealsSchema = ""
