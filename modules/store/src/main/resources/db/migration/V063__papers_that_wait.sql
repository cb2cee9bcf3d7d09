-- Few papers wait for somebody who looks at them, among very many: the list of companies counts them.
create index paper_pending on hw.paper (company_id) where review = 'pending';
